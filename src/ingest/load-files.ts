import { StillwatchError } from "../core/errors.ts";
import type { Progress } from "../core/progress.ts";
import type { Warehouse } from "../warehouse/open-warehouse.ts";
import { EMBEDDINGS } from "./dialects/dialect.ts";
import { byteProgress, findInputs, type InputNames } from "./find-inputs.ts";
import type { InstallationSecret } from "./installation-secret.ts";
import { type IntakeTotals, NO_TOTALS, SHOWN_REJECTIONS } from "./intake-totals.ts";
import { type LandingOptions, loadSegment, type SegmentTotals } from "./load-segment.ts";
import type { Segment } from "./segment.ts";
import { openSpool, removeSegment } from "./spool.ts";
import type { Reading } from "./translate-record.ts";
import { type ReadySegment, SEGMENT_BYTES, writeSegments } from "./write-segments.ts";

/** What `loadFiles` needs. */
export interface LoadFilesOptions extends InputNames {
  readonly warehouse: Warehouse;
  /** Holds the spool. */
  readonly dataDir: string;
  readonly secret: InstallationSecret;
  /** How long raw text is kept, where the account's contract allows it; 0 keeps none. */
  readonly keepTextDays: number;
  /** Lines more than 400 days before or one day after are rejected. */
  readonly now: Date;
  readonly progress: Progress;
  /** Size of a full segment; 128 MiB by default. */
  readonly segmentBytes?: number;
  /** How lines that may not be our own are read; by default each shows what it is. */
  readonly reading?: Pick<Reading, "dialect" | "map"> | undefined;
}

/**
 * Loads exchanges from files, each line once whatever happened before: it ends as accepted, repeat or rejected.
 * Segments of an interrupted run are loaded first. While one segment loads, the next is written.
 * Load accounts before: they say whose text may be kept.
 * Throws SW_INPUT_MISSING and SW_INPUT_UNREADABLE (before anything is read where possible), SW_DATA_UNUSABLE
 * and the warehouse's errors; a bad line or a damaged file is no error.
 */
export async function loadFiles(options: LoadFilesOptions): Promise<IntakeTotals> {
  const { warehouse, dataDir } = options;
  const inputs = await findInputs(options);
  const report = await byteProgress(options.progress, inputs);
  const spool = await openSpool(dataDir);
  let totals = NO_TOTALS;
  const aside: Record<string, number> = {};
  const onAside = (what: string, records = 1): void => {
    aside[what] = (aside[what] ?? 0) + records;
  };
  for (const segment of spool.leftover) {
    const { accepted } = await loadAndRemove(warehouse, segment, options);
    totals = { ...totals, recovered: totals.recovered + accepted };
  }
  report(0);
  let loading: Promise<void> = Promise.resolve();
  const load = async ({ segment, bytesRead }: ReadySegment): Promise<void> => {
    const loaded = await loadAndRemove(warehouse, segment, options);
    totals = add(totals, loaded);
    if (loaded.embeddings > 0) onAside(EMBEDDINGS.aside, loaded.embeddings);
    report(bytesRead);
  };
  const segments = writeSegments(inputs, {
    spool,
    warehouse,
    segmentBytes: options.segmentBytes ?? SEGMENT_BYTES,
    reading: { ...options.reading, onAside },
  });
  try {
    for (;;) {
      const taken = segments.next();
      await Promise.allSettled([taken, loading]);
      await loading;
      const next = await taken;
      if (next.done === true) {
        report(next.value);
        return { ...totals, aside, bytes: next.value };
      }
      loading = load(next.value);
      // A failure is met at the next await; until then it must not count as unhandled.
      loading.catch(() => {});
    }
  } finally {
    await segments.return(0);
  }
}

/**
 * A segment that the warehouse refuses goes too: the run fails and says so, its source is still there, and what
 * is refused once would be refused at every start. One that met a dead warehouse stays, and one that was promised.
 */
async function loadAndRemove(
  warehouse: Warehouse,
  segment: Segment,
  options: LandingOptions,
): Promise<SegmentTotals> {
  try {
    const totals = await loadSegment(warehouse, segment, options);
    await removeSegment(segment);
    return totals;
  } catch (error) {
    const refused = error instanceof StillwatchError && error.code === "SW_WAREHOUSE_FAILED";
    if (refused && segment.promised !== true) await removeSegment(segment);
    throw error;
  }
}

function add(totals: IntakeTotals, more: SegmentTotals): IntakeTotals {
  return {
    ...totals,
    lines: totals.lines + more.lines,
    accepted: totals.accepted + more.accepted,
    repeats: totals.repeats + more.repeats,
    rejected: totals.rejected + more.rejected,
    rejections: [...totals.rejections, ...more.rejections].slice(0, SHOWN_REJECTIONS),
  };
}
