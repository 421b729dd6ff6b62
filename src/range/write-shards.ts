import { on } from "node:events";
import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import { makeRandom } from "./random.ts";
import { makeTally, type TallyCounts } from "./world-tally.ts";
import type { Part, Span, Truth } from "./world.ts";

/** How a thread makes the world anew: the URL of a module, an export of it, and what that is called with (plain values). */
export interface WorldRecipe {
  readonly module: string;
  readonly make: string;
  readonly parameters: readonly unknown[];
}

/** What a thread is started with. */
export interface ShardWork {
  readonly recipe: WorldRecipe;
  readonly shard: number;
  readonly shards: number;
}

/** Some exchanges of one thread in time order: line after line, each with the time and the actor it is ordered by. The id's place in each line is blank. */
export interface ShardBatch {
  readonly bytes: Uint8Array;
  readonly times: Float64Array;
  readonly orders: Uint32Array;
  readonly ends: Uint32Array;
}

/** What a thread sends: batches, each to be answered by any message before more than a few are sent; then its counts. */
export type ShardMessage = { readonly batch: ShardBatch } | { readonly counts: TallyCounts };

/** Bytes of a line before the id's sixteen characters, as in `{"id":"ex_`. */
export const ID_AT = 10;
/** Characters of an id after its prefix. */
export const ID_LENGTH = 16;

const SHARDS = 2;
const BLOCK = 1 << 20;

/** Writes the world's lines, made by two threads and merged by time and actor into the bytes that one thread would have written. Memory is that of the two worlds and a few blocks. */
export async function writeShards(
  world: { readonly seed: string; readonly span: Span; readonly parts: readonly Part[] },
  recipe: WorldRecipe,
  write: (block: Uint8Array, exchanges: number) => Promise<void>,
): Promise<Truth> {
  const tally = makeTally(world);
  const ids = makeRandom(`${world.seed}/ids`);
  const streams = Array.from({ length: SHARDS }, (_unused, shard) =>
    openStream({ recipe, shard, shards: SHARDS }, tally.add),
  );
  try {
    let block = new Uint8Array(2 * BLOCK);
    let [used, exchanges] = [0, 0];
    for (;;) {
      for (const stream of streams) if (stream.batch === undefined) await stream.next();
      const stream = earliest(streams);
      if (stream?.batch === undefined) break;
      const { bytes, ends } = stream.batch;
      const from = stream.at === 0 ? 0 : (ends[stream.at - 1] as number);
      const line = bytes.subarray(from, ends[stream.at]);
      if (used + line.length > block.length || used > BLOCK) {
        await write(block.subarray(0, used), exchanges);
        block = new Uint8Array(Math.max(2 * BLOCK, line.length));
        [used, exchanges] = [0, 0];
      }
      block.set(line, used);
      const id = ids.token(ID_LENGTH);
      for (let i = 0; i < ID_LENGTH; i++) block[used + ID_AT + i] = id.charCodeAt(i);
      used += line.length;
      exchanges++;
      if (++stream.at === ends.length) stream.batch = undefined;
    }
    await write(block.subarray(0, used), exchanges);
  } finally {
    await Promise.all(streams.map((stream) => stream.close()));
  }
  return tally.truth();
}

interface Stream {
  batch: ShardBatch | undefined;
  /** The line of the batch that comes next. */
  at: number;
  ended: boolean;
  next(): Promise<void>;
  close(): Promise<unknown>;
}

/** The stream whose next line comes first; undefined where none has any. */
function earliest(streams: readonly Stream[]): Stream | undefined {
  let best: Stream | undefined;
  for (const stream of streams) {
    if (stream.batch === undefined) continue;
    if (best?.batch === undefined || precedes(stream, best)) best = stream;
  }
  return best;
}

function precedes(a: Stream, b: Stream): boolean {
  const time = (a.batch?.times[a.at] ?? 0) - (b.batch?.times[b.at] ?? 0);
  return time === 0 ? (a.batch?.orders[a.at] ?? 0) < (b.batch?.orders[b.at] ?? 0) : time < 0;
}

/** Starts a thread; `next` waits for its next batch, or notes its end. */
function openStream(work: ShardWork, add: (counts: TallyCounts) => void): Stream {
  const file = `./world-shard${extname(new URL(import.meta.url).pathname)}`;
  const worker = new Worker(new URL(file, import.meta.url), { workerData: work });
  const messages = on(worker, "message", { close: ["exit"] });
  const stream: Stream = {
    batch: undefined,
    at: 0,
    ended: false,
    async next() {
      if (stream.ended) return;
      const { done, value } = await messages.next();
      if (done === true) throw new Error("A thread that makes the world's traffic ended early.");
      const [message] = value as [ShardMessage];
      if ("counts" in message) {
        add(message.counts);
        stream.ended = true;
        return;
      }
      worker.postMessage("more", []);
      stream.batch = message.batch;
      stream.at = 0;
    },
    close: () => worker.terminate(),
  };
  return stream;
}
