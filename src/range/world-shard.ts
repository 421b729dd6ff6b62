/** A thread of `writeShards`: makes its share of a world's exchanges. */
import { on } from "node:events";
import { parentPort, workerData } from "node:worker_threads";
import { mergeInOrder } from "./merge-by-time.ts";
import { ownActors } from "./own-actors.ts";
import { adoptReleases } from "./release.ts";
import { renderExchange } from "./wire/render-exchange.ts";
import { makeTally } from "./world-tally.ts";
import { ID_LENGTH, type ShardMessage, type ShardWork } from "./write-shards.ts";
import type { World } from "./write-world.ts";

/** Bytes of a batch, and the most lines in one. */
const BATCH = { bytes: 1 << 20, lines: 4096 };
/** Batches that may be on their way. */
const AHEAD = 4;
const BLANK_ID = `ex_${"0".repeat(ID_LENGTH)}`;

if (parentPort !== null) await run(parentPort, workerData as ShardWork);

async function run(port: NonNullable<typeof parentPort>, work: ShardWork): Promise<void> {
  const module = (await import(work.recipe.module)) as Record<string, (...all: unknown[]) => World>;
  const world = module[work.recipe.make]?.(...work.recipe.parameters);
  if (world === undefined) throw new RangeError(`no ${work.recipe.make} in ${work.recipe.module}`);
  const actors = world.parts.flatMap((part) => part.actors);
  const own = ownActors(world, work);
  const adopt = adoptReleases(world.parts.flatMap((part) => part.release ?? []));
  const tally = makeTally(world);
  let batch = emptyBatch();
  const answers = on(port, "message");
  let ahead = 0;
  const send = async (): Promise<void> => {
    const { bytes, times, orders, ends, lines } = batch;
    const used = {
      bytes: bytes.subarray(0, ends[lines - 1] ?? 0),
      times: times.subarray(0, lines),
      orders: orders.subarray(0, lines),
      ends: ends.subarray(0, lines),
    };
    const message: ShardMessage = { batch: used };
    port.postMessage(message, [bytes.buffer, times.buffer, orders.buffer, ends.buffer]);
    batch = emptyBatch();
    if (++ahead > AHEAD) await answers.next();
  };
  for (const { time, order, draft } of mergeInOrder(own.map((place) => actors[place]!))) {
    if (time >= world.span.until) continue;
    const sent = adopt(draft, time);
    tally.count(sent, time);
    const line = renderExchange(sent, BLANK_ID, time);
    if (batch.used + 3 * line.length > batch.bytes.length && batch.lines > 0) await send();
    if (3 * line.length > batch.bytes.length)
      batch.bytes = Buffer.from(new ArrayBuffer(3 * line.length));
    batch.used += batch.bytes.write(line, batch.used);
    batch.times[batch.lines] = time;
    batch.orders[batch.lines] = own[order] as number;
    batch.ends[batch.lines++] = batch.used;
    if (batch.lines === BATCH.lines) await send();
  }
  if (batch.lines > 0) await send();
  await answers.return?.();
  const message: ShardMessage = { counts: tally.counts };
  port.postMessage(message, []);
}

interface Filling {
  bytes: Buffer<ArrayBuffer>;
  readonly times: Float64Array<ArrayBuffer>;
  readonly orders: Uint32Array<ArrayBuffer>;
  readonly ends: Uint32Array<ArrayBuffer>;
  used: number;
  lines: number;
}

function emptyBatch(): Filling {
  return {
    bytes: Buffer.from(new ArrayBuffer(BATCH.bytes)),
    times: new Float64Array(BATCH.lines),
    orders: new Uint32Array(BATCH.lines),
    ends: new Uint32Array(BATCH.lines),
    used: 0,
    lines: 0,
  };
}
