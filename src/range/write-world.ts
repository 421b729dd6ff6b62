import { createWriteStream } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { once } from "node:events";
import { join } from "node:path";
import type { Progress } from "../core/progress.ts";
import { mergeByTime } from "./merge-by-time.ts";
import { makeRandom } from "./random.ts";
import { adoptReleases } from "./release.ts";
import {
  HOUR,
  type AccountLine,
  type Actor,
  type Draft,
  type Part,
  type Span,
  type Truth,
} from "./world.ts";
import { renderExchange } from "./wire/render-exchange.ts";

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

/** Writes `exchanges.ndjson`, `accounts.ndjson`, `truth.json` and, where there are any, `agreements.ndjson` into `folder` (made if absent). Same world, same bytes. */
export async function writeWorld(
  world: World,
  folder: string,
  progress: Progress,
): Promise<WrittenWorld> {
  await mkdir(folder, { recursive: true });
  const paths = {
    exchanges: join(folder, "exchanges.ndjson"),
    accounts: join(folder, "accounts.ndjson"),
    truth: join(folder, "truth.json"),
  };
  const { lines, truth } = runWorld(world);
  const counts = { exchanges: 0, accounts: 0, bytes: 0 };
  const out = createWriteStream(paths.exchanges);
  const closed = once(out, "close");
  let buffer = "";
  for (const line of lines) {
    buffer += line;
    counts.exchanges++;
    if (buffer.length > 1 << 20) {
      const block = Buffer.from(buffer);
      counts.bytes += block.length;
      if (!out.write(block)) await once(out, "drain");
      buffer = "";
      progress({
        stage: "composing traffic",
        done: counts.exchanges,
        total: Math.max(world.expected, counts.exchanges),
        unit: "exchanges",
      });
    }
  }
  const last = Buffer.from(buffer);
  counts.bytes += last.length;
  out.end(last);
  await closed;
  const accounts = accountLines(world.parts);
  counts.accounts = new Set(accounts.map((line) => line.account)).size;
  await writeFile(paths.accounts, accounts.map((line) => `${JSON.stringify(line)}\n`).join(""));
  await writeFile(paths.truth, `${JSON.stringify(truth(), null, 1)}\n`);
  const agreements = await writeAgreements(world.parts, join(folder, "agreements.ndjson"));
  progress({
    stage: "composing traffic",
    done: counts.exchanges,
    total: counts.exchanges,
    unit: "exchanges",
  });
  return { ...paths, ...(agreements === undefined ? {} : { agreements }), counts };
}

/** Writes the parts' agreements, one a line; undefined where there are none. */
async function writeAgreements(parts: readonly Part[], file: string): Promise<string | undefined> {
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

function makeTally(world: World): {
  count: (draft: Draft, time: number) => void;
  truth: () => Truth;
} {
  const hours = new Map<string, number[]>();
  const perAccount = new Map<string, number>();
  const length = Math.ceil((world.span.until - world.span.from) / HOUR);
  const count = (draft: Draft, time: number): void => {
    perAccount.set(draft.account, (perAccount.get(draft.account) ?? 0) + 1);
    if (draft.campaign === undefined) return;
    let series = hours.get(draft.campaign);
    if (series === undefined)
      hours.set(draft.campaign, (series = new Array<number>(length).fill(0)));
    const hour = Math.floor((time - world.span.from) / HOUR);
    series[hour] = (series[hour] ?? 0) + 1;
  };
  const active = (accounts: readonly string[]): string[] =>
    accounts.filter((account) => perAccount.has(account)).toSorted();
  const truth = (): Truth => ({
    seed: world.seed,
    campaigns: world.parts
      .flatMap((part) => part.campaigns ?? [])
      .map((campaign) => {
        const series = hours.get(campaign.id) ?? [];
        return {
          ...campaign,
          accounts: active(campaign.accounts),
          exchanges: series.reduce((a, b) => a + b, 0),
          from: new Date(world.span.from).toISOString(),
          hours: series,
        };
      }),
    lookalikes: world.parts.flatMap((part) =>
      (part.lookalikes ?? []).map((group) => ({
        ...group,
        accounts: active(group.accounts),
        exchanges: group.accounts.reduce((sum, account) => sum + (perAccount.get(account) ?? 0), 0),
      })),
    ),
  });
  return { count, truth };
}
