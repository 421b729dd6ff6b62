/** A thread of `writeDirect`: composes its share of a world's exchanges into files of Native blocks. */
import { on } from "node:events";
import { closeSync, openSync, writevSync } from "node:fs";
import { join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { mergeInOrder } from "../merge-by-time.ts";
import { ownActors } from "../own-actors.ts";
import { adoptReleases } from "../release.ts";
import { makeTally } from "../world-tally.ts";
import type { World } from "../write-world.ts";
import { exchangeRows } from "./exchange-rows.ts";
import { hashString, mix32, type Print } from "./mix.ts";
import type { DirectMessage, DirectWork } from "./write-direct.ts";

/** Rows of a block, and of a file. */
const ROWS = { block: 8192, file: 131_072 };
/** Files that may wait to be taken. */
const AHEAD = 1;

if (parentPort !== null) await run(parentPort, workerData as DirectWork);

async function run(port: NonNullable<typeof parentPort>, work: DirectWork): Promise<void> {
  const module = (await import(work.recipe.module)) as Record<string, (...all: unknown[]) => World>;
  const world = module[work.recipe.make]?.(...work.recipe.parameters);
  if (world === undefined) throw new RangeError(`no ${work.recipe.make} in ${work.recipe.module}`);
  const actors = world.parts.flatMap((part) => part.actors);
  const own = ownActors(world, work);
  const adopt = adoptReleases(world.parts.flatMap((part) => part.release ?? []));
  const tally = makeTally(world);
  const name = namer(world.seed, own.length);
  const rows = exchangeRows(work.secret);
  const answers = on(port, "message");
  let files = 0;
  let ahead = 0;
  let filled = 0;
  let path = "";
  let file: number | undefined;
  const writeBlock = (): void => {
    filled += rows.rows();
    path = join(work.folder, `${work.shard}-${files}.native`);
    file ??= openSync(path, "wx", 0o600);
    writeAll(file, rows.take());
  };
  const send = async (): Promise<void> => {
    if (file === undefined) return;
    closeSync(file);
    file = undefined;
    files++;
    port.postMessage({ file: path, exchanges: filled } satisfies DirectMessage, []);
    filled = 0;
    if (++ahead > AHEAD) await answers.next();
  };
  for (const { time, order, draft } of mergeInOrder(own.map((place) => actors[place]!))) {
    if (time >= world.span.until) continue;
    const sent = adopt(draft, time);
    tally.count(sent, time);
    rows.push(sent, name(own[order] as number, order), time);
    if (rows.rows() < ROWS.block) continue;
    writeBlock();
    if (filled >= ROWS.file) await send();
  }
  if (rows.rows() > 0) writeBlock();
  await send();
  await answers.return?.();
  port.postMessage({ counts: tally.counts } satisfies DirectMessage, []);
}

/** Names an actor's next exchange, whatever thread it is made by: a place and a number, each turned into another by a mixture that has no collisions. */
function namer(seed: string, actors: number): (place: number, order: number) => Print {
  const { low, high } = hashString({ low: 0, high: 0 }, `${seed}/ids`);
  const counts = new Uint32Array(actors);
  const name: Print = { low: 0, high: 0 };
  return (place, order) => {
    const count = counts[order] as number;
    counts[order] = count + 1;
    name.high = mix32(place ^ low);
    name.low = mix32(count ^ high ^ name.high);
    return name;
  };
}

/** Writes pieces one after the other, however few of their bytes each call takes. */
function writeAll(file: number, pieces: readonly Uint8Array[]): void {
  let left = pieces.slice();
  while (left.length > 0) {
    let written = writevSync(file, left);
    let at = 0;
    while (at < left.length && written >= (left[at]?.length ?? 0))
      written -= left[at++]?.length ?? 0;
    left = left.slice(at);
    const head = left[0];
    if (head !== undefined && written > 0) left[0] = head.subarray(written);
  }
}
