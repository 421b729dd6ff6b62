import type { Warehouse } from "../warehouse/open-warehouse.ts";
import { type Deliver, fingerprintSegment } from "./fingerprint-segment.ts";
import type { LineBlock } from "./inspect-block.ts";
import type { InstallationSecret } from "./installation-secret.ts";
import { type Rejection, SHOWN_REJECTIONS } from "./intake-totals.ts";
import type { Segment } from "./segment.ts";
import { removeSegment, type Spool } from "./spool.ts";
import { SEGMENT_ROWS } from "./write-segments.ts";

/** What a queue works with. */
export interface FingerprintQueueOptions {
  readonly warehouse: Warehouse;
  readonly secret: InstallationSecret;
  /** Where a batch waits for the engine; it holds raw text. */
  readonly spool: Spool;
  readonly now: () => Date;
  readonly deliver: Deliver;
}

/** Lines that came together: all of them are delivered, or the sender hears of it. */
export interface Post {
  readonly blocks: readonly LineBlock[];
  /** Empty ones not counted. */
  readonly lines: number;
  readonly bytes: number;
}

/** What became of a post. What is neither rejected nor set aside (calls that are no exchanges) was delivered. */
export interface PostTotals {
  readonly lines: number;
  readonly rejected: number;
  /** The first 100; `line` counts from 1 within the post. */
  readonly rejections: readonly Omit<Rejection, "file">[];
}

/** Fingerprints posts in batches, one batch at a time. */
export interface FingerprintQueue {
  /** Resolves when what the post became has been delivered; rejects when it was not. */
  add(post: Post): Promise<PostTotals>;
  /** Resolves when nothing waits. */
  idle(): Promise<void>;
}

interface Waiting extends Post {
  readonly resolve: (totals: PostTotals) => void;
  readonly reject: (reason: unknown) => void;
}

/** Posts wait this long for others: a batch costs the engine a fifth of a second however small it is. */
const GATHER_MS = 300;
/** Posts go together up to here; a larger one goes alone. */
const BATCH_BYTES = 32 * 1024 * 1024;

/** Makes a queue. The caller bounds what is in it. */
export function fingerprintQueue(options: FingerprintQueueOptions): FingerprintQueue {
  const waiting: Waiting[] = [];
  let working: Promise<void> | undefined;
  const work = async (): Promise<void> => {
    while (waiting.length > 0) {
      await new Promise((wake) => setTimeout(wake, GATHER_MS));
      const batch = takeBatch(waiting);
      try {
        const totals = await fingerprintBatch(batch, options);
        for (const [at, made] of totals.entries()) batch[at]?.resolve(made);
      } catch (error) {
        for (const post of batch) post.reject(error);
      }
    }
    working = undefined;
  };
  return {
    add: (post) =>
      new Promise((resolve, reject) => {
        waiting.push({ ...post, resolve, reject });
        working ??= work();
      }),
    idle: async () => working,
  };
}

function takeBatch(waiting: Waiting[]): readonly Waiting[] {
  let [taken, bytes, lines] = [0, 0, 0];
  for (const post of waiting) {
    bytes += post.bytes;
    lines += post.lines;
    if (taken > 0 && (bytes > BATCH_BYTES || lines > SEGMENT_ROWS)) break;
    taken += 1;
  }
  return waiting.splice(0, taken);
}

async function fingerprintBatch(
  batch: readonly Post[],
  { spool, now, ...options }: FingerprintQueueOptions,
): Promise<readonly PostTotals[]> {
  const segment = await writeBatch(batch, spool);
  try {
    const { rejections } = await fingerprintSegment(segment, { ...options, now: now() });
    const byPost = Map.groupBy(rejections, ({ file }) => Number(file));
    return batch.map(({ lines }, at) => {
      const refused = byPost.get(at) ?? [];
      return {
        lines,
        rejected: refused.length,
        rejections: refused
          .slice(0, SHOWN_REJECTIONS)
          .map(({ line, reason }) => ({ line, reason })),
      };
    });
  } finally {
    await removeSegment(segment);
  }
}

/** A segment of the posts' lines; a post stands as a file named by its place in the batch. */
async function writeBatch(batch: readonly Post[], spool: Spool): Promise<Segment> {
  const writer = await spool.begin();
  try {
    for (const [at, { blocks }] of batch.entries()) {
      let line = 1;
      for (const block of blocks) {
        await writer.add(block, String(at), line);
        line += block.origin?.lines ?? block.lines;
      }
    }
    return await writer.finish();
  } catch (error) {
    await writer.abandon();
    throw error;
  }
}
