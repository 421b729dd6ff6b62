import type { BlindSignal } from "../core/assessment.ts";
import type { Progress } from "../core/progress.ts";
import { EMBEDDINGS } from "../ingest/dialects/dialect.ts";
import { examineSample, type SampleFindings } from "../ingest/examine-sample.ts";
import { findInputs, type InputNames } from "../ingest/find-inputs.ts";
import type { InstallationSecret } from "../ingest/installation-secret.ts";
import { type Rejection, SHOWN_REJECTIONS } from "../ingest/intake-totals.ts";
import { landLines } from "../ingest/land-lines.ts";
import { type AccountsTotals, loadAccounts } from "../ingest/load-accounts.ts";
import { placeOf, type Segment } from "../ingest/segment.ts";
import type { Spool } from "../ingest/spool.ts";
import { type Sample, takeSample } from "../ingest/take-sample.ts";
import type { Reading } from "../ingest/translate-record.ts";
import type { Warehouse } from "../warehouse/open-warehouse.ts";
import { acceptSegment, diskUse, landedRefusals } from "../warehouse/statements.gen.ts";
import { assessTraffic } from "./assess-traffic.ts";
import { deriveFeatures } from "./derive-features.ts";
import { type InputProblem, inputProblems } from "./input-problems.ts";

/** What to examine, and with what. */
export interface ExamineInputOptions extends InputNames {
  /** Empty; what is read goes into it. */
  readonly warehouse: Warehouse;
  /** Where lines wait; they are raw text. */
  readonly spool: Spool;
  readonly secret: InstallationSecret;
  readonly accounts?: string;
  /** How lines that may not be our own are read; by default each shows what it is. */
  readonly reading?: Pick<Reading, "dialect" | "map">;
  /** Unpacked bytes to read of all files. */
  readonly sampleBytes: number;
  readonly now: Date;
  /** Milliseconds that only grow. */
  readonly clock: () => number;
  readonly progress: Progress;
}

/** What a scan of some files would meet. Written as JSON by `stillwatch doctor --json`. */
export interface Examination {
  readonly version: 1;
  readonly sample: Omit<Sample, "segment"> & { readonly bytes: number };
  readonly lines: {
    readonly lines: number;
    readonly accepted: number;
    readonly rejected: number;
    /** The first 100. */
    readonly rejections: readonly Rejection[];
    /** Records that are rightly there and are no exchanges, by what they are. */
    readonly aside: Readonly<Record<string, number>>;
  };
  /** Absent where no accounts file was given. */
  readonly accounts?: AccountsTotals;
  /** Absent where no line was accepted. */
  readonly findings?: SampleFindings;
  readonly blind: readonly BlindSignal[];
  /** Of the whole input, in proportion to the sample; absent where its size is not known or no line was accepted. */
  readonly expected?: Expected;
  readonly problems: readonly InputProblem[];
}

/** What a scan of the whole input would take on this machine. */
export interface Expected {
  readonly reading_seconds: number;
  readonly linking_seconds: number;
  readonly judging_seconds: number;
  /** Of the data folder, without kept text. */
  readonly disk_bytes: number;
}

/**
 * Reads a sample of the input as a scan would, to the end of judging, and says what a scan would and would not see.
 * Throws SW_INPUT_* and the warehouse's errors.
 */
export async function examineInput(options: ExamineInputOptions): Promise<Examination> {
  const { warehouse, spool, secret, now, progress } = options;
  const inputs = await findInputs(options);
  await warmUp(options);
  const accounts =
    options.accounts === undefined
      ? undefined
      : await loadAccounts({ warehouse, file: options.accounts, secret, progress });
  const aside: Record<string, number> = {};
  const { segment, ...taken } = await takeSample(inputs, {
    spool,
    warehouse,
    bytes: options.sampleBytes,
    reading: { ...options.reading, onAside: (what) => (aside[what] = (aside[what] ?? 0) + 1) },
  });
  const seconds = stopwatch(options.clock);
  const landed = await landLines(warehouse, segment, { secret, now, text: true });
  const landing = seconds();
  const lines = {
    lines: landed.lines,
    accepted: landed.fine,
    rejected: landed.rejected,
    rejections: await firstRejections(warehouse, segment),
    aside: landed.embeddings > 0 ? { ...aside, [EMBEDDINGS.aside]: landed.embeddings } : aside,
  };
  const told = accounts === undefined ? {} : { accounts };
  const sample = { ...taken, bytes: segment.manifest.bytes };
  const common = { version: 1 as const, sample, lines, ...told };
  if (landed.fine === 0)
    return { ...common, blind: [], problems: inputProblems({ lines, blind: [] }) };
  const findings = await examineSample(warehouse, segment, secret);
  seconds();
  await warehouse.run(acceptSegment, {});
  const reading_seconds = landing + seconds();
  await deriveFeatures(warehouse, progress);
  const linking_seconds = seconds();
  const { result } = await assessTraffic(warehouse, {
    q: 0.01,
    tickSeconds: 3600,
    secret,
    agreements: [],
    progress,
  });
  const judging_seconds = seconds();
  const [disk] = await warehouse.rows(diskUse, {});
  const { blind } = result;
  const expected = scaled(taken.scale, {
    reading_seconds,
    linking_seconds,
    judging_seconds,
    disk_bytes: Number(disk?.bytes ?? 0),
  });
  const problems = inputProblems({ lines, findings, blind, ...told });
  return { ...common, findings, blind, ...(expected === undefined ? {} : { expected }), problems };
}

/** The first statement of a process also compiles its patterns: paid once, whatever the size of the input. */
async function warmUp({ spool, warehouse, secret, now }: ExamineInputOptions): Promise<void> {
  const writer = await spool.begin();
  await writer.add({ bytes: Buffer.from("{}\n"), lines: 1, rejections: [] }, "", 1);
  await landLines(warehouse, await writer.finish(), { secret, now, text: false });
}

/** Seconds since it was last asked. */
function stopwatch(clock: () => number): () => number {
  let from = clock();
  return () => {
    const passed = (clock() - from) / 1000;
    from = clock();
    return passed;
  };
}

async function firstRejections(
  warehouse: Warehouse,
  { manifest }: Segment,
): Promise<readonly Rejection[]> {
  const rows = await warehouse.rows(landedRefusals, { from: 0n, most: SHOWN_REJECTIONS });
  return rows.map(({ row, reason }) => {
    const { file, line } = placeOf(manifest, Number(row));
    return { file, line, reason };
  });
}

function scaled(scale: number | undefined, sample: Expected): Expected | undefined {
  if (scale === undefined) return undefined;
  return {
    reading_seconds: sample.reading_seconds * scale,
    linking_seconds: sample.linking_seconds * scale,
    judging_seconds: sample.judging_seconds * scale,
    disk_bytes: sample.disk_bytes * scale,
  };
}
