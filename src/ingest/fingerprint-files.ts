import type { Progress } from "../core/progress.ts";
import { byteProgress, findInputs, type InputNames } from "./find-inputs.ts";
import { fingerprintSegment, type FingerprintOptions } from "./fingerprint-segment.ts";
import { type Rejection, SHOWN_REJECTIONS } from "./intake-totals.ts";
import { removeSegment, type Spool } from "./spool.ts";
import type { Reading } from "./translate-record.ts";
import { SEGMENT_BYTES, writeSegments } from "./write-segments.ts";

/** What `fingerprintFiles` needs. */
export interface FingerprintFilesOptions extends InputNames, FingerprintOptions {
  /** Where lines wait; it holds raw text. */
  readonly spool: Spool;
  readonly progress: Progress;
  /** Size of a full segment; 128 MiB by default. */
  readonly segmentBytes?: number;
  /** How lines that may not be our own are read; by default each shows what it is. */
  readonly reading?: Pick<Reading, "dialect" | "map">;
}

/** What became of the lines of one run: `lines = made + rejected`. */
export interface FingerprintTotals {
  readonly lines: number;
  readonly made: number;
  readonly rejected: number;
  /** The first 100. */
  readonly rejections: readonly Rejection[];
}

/** Standard input may never end: what came is handed on about this often. */
const BEAT_MS = 1000;

/**
 * Fingerprints exchanges from files, in order. While one segment is in the engine, the next is written.
 * Throws as `findInputs` and `fingerprintSegment`; a bad line or a damaged file is no error.
 */
export async function fingerprintFiles(
  options: FingerprintFilesOptions,
): Promise<FingerprintTotals> {
  const { warehouse, spool, segmentBytes = SEGMENT_BYTES } = options;
  const inputs = await findInputs(options);
  const report = await byteProgress(options.progress, inputs);
  const endless = inputs.some(({ path }) => path === undefined);
  const segments = writeSegments(inputs, {
    spool,
    warehouse,
    segmentBytes,
    ...(options.reading === undefined ? {} : { reading: options.reading }),
    ...(endless ? { beatMs: BEAT_MS } : {}),
  });
  const totals = { lines: 0, made: 0, rejected: 0, rejections: [] as Rejection[] };
  report(0);
  for await (const { segment, bytesRead } of ahead(segments)) {
    const done = await fingerprintSegment(segment, options);
    await removeSegment(segment);
    totals.lines += done.lines;
    totals.made += done.made;
    totals.rejected += done.rejections.length;
    totals.rejections.push(
      ...done.rejections.slice(0, SHOWN_REJECTIONS - totals.rejections.length),
    );
    report(bytesRead);
  }
  return totals;
}

/** The values of a source, the next one being made while one is used. */
async function* ahead<T>(source: AsyncGenerator<T, unknown>): AsyncGenerator<T> {
  let next = source.next();
  try {
    for (;;) {
      const got = await next;
      if (got.done === true) return;
      next = source.next();
      // A failure is met at the next await; until then it must not count as unhandled.
      next.catch(() => {});
      yield got.value;
    }
  } finally {
    // Not awaited: the source may wait for an input that never ends.
    void source.return(undefined).catch(() => {});
  }
}
