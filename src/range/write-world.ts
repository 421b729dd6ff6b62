import { createWriteStream } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { once } from "node:events";
import { join } from "node:path";
import type { Progress } from "../core/progress.ts";
import { mergeByTime } from "./merge-by-time.ts";
import { makeRandom } from "./random.ts";
import { adoptReleases } from "./release.ts";
import { type AccountLine, type Actor, type Part, type Span, type Truth } from "./world.ts";
import { renderExchange } from "./wire/render-exchange.ts";
import { makeTally } from "./world-tally.ts";
import { writeShards, type WorldRecipe } from "./write-shards.ts";

/** A whole world, before it is run. `expected` is a guess at its exchanges, for the progress line. */
export interface World {
  readonly seed: string;
  readonly span: Span;
  readonly parts: readonly Part[];
  readonly expected: number;
}

/** Where a world was written, and how much. */
export interface WrittenWorld {
  readonly exchanges: string;
  readonly accounts: string;
  readonly truth: string;
  /** Permissions to distill, where the world has any. */
  readonly agreements?: string;
  readonly counts: {
    readonly exchanges: number;
    readonly accounts: number;
    readonly bytes: number;
  };
}

/** A world's lines in time order, and its truth once they have all been taken. */
export function runWorld(world: World): {
  readonly lines: Generator<string>;
  readonly truth: () => Truth;
} {
  const tally = makeTally(world);
  const actors: Actor[] = world.parts.flatMap((part) => part.actors);
  const adopt = adoptReleases(world.parts.flatMap((part) => part.release ?? []));
  const ids = makeRandom(`${world.seed}/ids`);
  function* lines(): Generator<string> {
    for (const { time, draft } of mergeByTime(actors)) {
      if (time >= world.span.until) continue;
      const sent = adopt(draft, time);
      tally.count(sent, time);
      yield renderExchange(sent, `ex_${ids.token(16)}`, time);
    }
  }
  return { lines: lines(), truth: tally.truth };
}

/**
 * Writes `exchanges.ndjson`, `accounts.ndjson`, `truth.json` and, where there are any, `agreements.ndjson` into `folder`
 * (made if absent). Same world, same bytes. With `recipe`, which makes the same world anew, two threads make the traffic.
 */
export async function writeWorld(
  world: World,
  folder: string,
  progress: Progress,
  recipe?: WorldRecipe,
): Promise<WrittenWorld> {
  await mkdir(folder, { recursive: true });
  const paths = {
    exchanges: join(folder, "exchanges.ndjson"),
    accounts: join(folder, "accounts.ndjson"),
    truth: join(folder, "truth.json"),
  };
  const counts = { exchanges: 0, accounts: 0, bytes: 0 };
  const out = createWriteStream(paths.exchanges);
  const closed = once(out, "close");
  const write = async (block: Uint8Array, exchanges: number): Promise<void> => {
    counts.exchanges += exchanges;
    counts.bytes += block.length;
    const total = Math.max(world.expected, counts.exchanges);
    progress({ stage: STAGE, done: counts.exchanges, total, unit: "exchanges" });
    if (!out.write(block)) await once(out, "drain");
  };
  const truth =
    recipe === undefined ? await writeLines(world, write) : await writeShards(world, recipe, write);
  out.end();
  await closed;
  const accounts = accountLines(world.parts);
  counts.accounts = new Set(accounts.map((line) => line.account)).size;
  await writeFile(paths.accounts, accounts.map((line) => `${JSON.stringify(line)}\n`).join(""));
  await writeFile(paths.truth, `${JSON.stringify(truth, null, 1)}\n`);
  const agreements = await writeAgreements(world.parts, join(folder, "agreements.ndjson"));
  const { exchanges } = counts;
  progress({ stage: STAGE, done: exchanges, total: exchanges, unit: "exchanges" });
  return { ...paths, ...(agreements === undefined ? {} : { agreements }), counts };
}

const STAGE = "composing traffic";
/** Characters that are gathered before they are written. */
const BLOCK = 1 << 20;

async function writeLines(
  world: World,
  write: (block: Uint8Array, exchanges: number) => Promise<void>,
): Promise<Truth> {
  const { lines, truth } = runWorld(world);
  let buffer = "";
  let exchanges = 0;
  for (const line of lines) {
    buffer += line;
    exchanges++;
    if (buffer.length > BLOCK) {
      await write(Buffer.from(buffer), exchanges);
      buffer = "";
      exchanges = 0;
    }
  }
  await write(Buffer.from(buffer), exchanges);
  return truth();
}

/** Writes the parts' agreements, one a line; undefined where there are none. */
export async function writeAgreements(
  parts: readonly Part[],
  file: string,
): Promise<string | undefined> {
  const agreements = parts.flatMap((part) => part.agreements ?? []);
  if (agreements.length === 0) return undefined;
  await writeFile(file, agreements.map((agreement) => `${JSON.stringify(agreement)}\n`).join(""));
  return file;
}

/** Account lines in the order a provider's table would hold them: by sign-up, later versions after. */
export function accountLines(parts: readonly Part[]): AccountLine[] {
  const when = (line: AccountLine): string => line.time ?? line.created;
  return parts
    .flatMap((part) => part.accounts)
    .toSorted((a, b) =>
      when(a) < when(b) ? -1 : when(a) > when(b) ? 1 : a.account < b.account ? -1 : 1,
    );
}
