import { readFile, rm, writeFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import { StillwatchError } from "../core/errors.ts";
import type { Warehouse } from "../warehouse/open-warehouse.ts";
import { SHOWN_REJECTIONS } from "./intake-totals.ts";
import { type LandLinesOptions, landLines } from "./land-lines.ts";
import type { SegmentTotals } from "./load-segment.ts";
import { type Segment, sliceManifest } from "./segment.ts";

/** What the halves of a segment are loaded with. */
export interface LoadHalvesOptions extends LandLinesOptions {
  /** Why the segment did not land. */
  readonly error: unknown;
  /** Loads a half. */
  readonly load: (half: Segment) => Promise<SegmentTotals>;
}

const NEWLINE = 0x0a;
/** How long a line waits before its last try: what others held of the memory may be free by then. */
const PATIENCE_MS = 1_000;

/**
 * Loads a segment that did not land by halves, so that a line which the engine can't bear costs no other: one that does
 * not land even alone, twice, while another does, is refused by name. Throws `error` where no other lands either: then
 * it is the warehouse. The segment itself stays as it is, so that after an end in the middle all is done again.
 */
export async function loadHalves(
  warehouse: Warehouse,
  segment: Segment,
  { error, load, ...options }: LoadHalvesOptions,
): Promise<SegmentTotals> {
  const { path, manifest } = segment;
  const [left, right] = [`${path}.0`, `${path}.1`];
  try {
    if (!(await landsAtAll(warehouse, left, options))) throw error;
    const bytes = await readFile(path);
    const middle = middleOf(bytes);
    if (middle === 0) {
      if (await landsLater(warehouse, segment, options)) return await load(segment);
      await writeFile(left, "\n", { mode: 0o600 });
      const refusals = [{ row: 0, reason: `the warehouse can't bear it: ${reasonOf(error)}` }];
      return await load({ ...segment, path: left, manifest: { ...manifest, refusals } });
    }
    const before = bytes.subarray(0, middle);
    const rows = countLines(before);
    await writeFile(left, before, { mode: 0o600 });
    const first = await load({
      ...segment,
      path: left,
      manifest: sliceManifest(manifest, 0, rows),
    });
    await writeFile(right, bytes.subarray(middle), { mode: 0o600 });
    const rest = sliceManifest(manifest, rows, manifest.rows);
    return sumOf(first, await load({ ...segment, path: right, manifest: rest }));
  } finally {
    for (const name of [left, right]) await rm(name, { force: true });
  }
}

/** Whether a line lands that says next to nothing. */
async function landsAtAll(
  warehouse: Warehouse,
  path: string,
  options: LandLinesOptions,
): Promise<boolean> {
  const time = options.now.toISOString();
  const line = { id: "probe", time, account: "probe", usage: { input: 1 } };
  try {
    await writeFile(path, `${JSON.stringify(line)}\n`, { mode: 0o600 });
    const manifest = { version: 1 as const, rows: 1, bytes: 0, pieces: [], refusals: [] };
    return (await landLines(warehouse, { path, manifest }, options)).fine === 1;
  } catch {
    return false;
  }
}

async function landsLater(
  warehouse: Warehouse,
  segment: Segment,
  options: LandLinesOptions,
): Promise<boolean> {
  await wait(PATIENCE_MS);
  return landLines(warehouse, segment, options).then(
    () => true,
    () => false,
  );
}

/** Where the line ends that is nearest to the middle, so that a very long line soon stands alone; 0 where there is but one. */
function middleOf(bytes: Buffer): number {
  const half = Math.floor(bytes.length / 2);
  const after = bytes.indexOf(NEWLINE, half) + 1;
  if (after > 0 && after < bytes.length) return after;
  return half === 0 ? 0 : bytes.lastIndexOf(NEWLINE, half - 1) + 1;
}

function countLines(bytes: Buffer): number {
  let lines = 0;
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) lines++;
  return lines;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof StillwatchError)) return "unknown";
  return error.code === "SW_WAREHOUSE_GONE" ? "its process ended" : String(error.details["reason"]);
}

function sumOf(one: SegmentTotals, other: SegmentTotals): SegmentTotals {
  return {
    lines: one.lines + other.lines,
    accepted: one.accepted + other.accepted,
    repeats: one.repeats + other.repeats,
    rejected: one.rejected + other.rejected,
    embeddings: one.embeddings + other.embeddings,
    rejections: [...one.rejections, ...other.rejections].slice(0, SHOWN_REJECTIONS),
  };
}
