import type { Warehouse } from "../warehouse/open-warehouse.ts";
import {
  acceptSegment,
  clearLanding,
  countExchanges,
  landedRefusals,
  rejectLines,
} from "../warehouse/statements.gen.ts";
import type { InstallationSecret } from "./installation-secret.ts";
import { type Rejection, SHOWN_REJECTIONS } from "./intake-totals.ts";
import { landLines } from "./land-lines.ts";
import { loadHalves } from "./load-halves.ts";
import { type Manifest, placeOf, type Segment } from "./segment.ts";
import { keepTexts } from "./text-vault.ts";

/** How lines become exchanges: the key of fingerprints, the clock, and for how long text is kept. */
export interface LandingOptions {
  readonly secret: InstallationSecret;
  readonly now: Date;
  /** 0 keeps no text. */
  readonly keepTextDays: number;
}

/** What became of the lines of one segment. */
export interface SegmentTotals {
  readonly lines: number;
  readonly accepted: number;
  readonly repeats: number;
  readonly rejected: number;
  /** Our own lines of an embeddings endpoint; not part of `lines`. */
  readonly embeddings: number;
  /** The first 100. */
  readonly rejections: readonly Rejection[];
}

/** Refused lines recorded in one statement. */
const REFUSALS_AT_ONCE = 10_000;
const DAY_MILLISECONDS = 86_400_000;

/**
 * Loads a segment; lines that the engine can't bear are refused by name and cost no other. Every step can be repeated,
 * so that a run that ended in the middle loads it again and the warehouse holds each line once. One caller at a time:
 * the landing table is shared.
 */
export async function loadSegment(
  warehouse: Warehouse,
  segment: Segment,
  options: LandingOptions,
): Promise<SegmentTotals> {
  const keep = options.keepTextDays > 0;
  const landing = { ...options, text: keep };
  const landed = await landLines(warehouse, segment, landing).catch((error: unknown) => ({
    error,
  }));
  if ("error" in landed) {
    const load = (half: Segment): Promise<SegmentTotals> => loadSegment(warehouse, half, options);
    return loadHalves(warehouse, segment, { ...landing, error: landed.error, load });
  }
  const { lines, rejected, embeddings } = landed;
  const before = await exchangesKept(warehouse);
  await Promise.all([
    warehouse.run(acceptSegment, {}),
    keep ? keepTexts(warehouse, options.secret, textUntil(options)) : undefined,
  ]);
  const accepted = (await exchangesKept(warehouse)) - before;
  const rejections = rejected > 0 ? await recordRefusals(warehouse, segment.manifest) : [];
  await warehouse.run(clearLanding, {});
  const repeats = lines - rejected - accepted;
  return { lines, accepted, repeats, rejected, embeddings, rejections };
}

async function exchangesKept(warehouse: Warehouse): Promise<number> {
  const [row] = await warehouse.rows(countExchanges, {});
  return Number(row?.exchanges ?? 0);
}

/** Records the refused lines of each file; returns the first of them. */
async function recordRefusals(
  warehouse: Warehouse,
  manifest: Manifest,
): Promise<readonly Rejection[]> {
  const shown: Rejection[] = [];
  for (let from = 0n; ;) {
    const rows = await warehouse.rows(landedRefusals, { from, most: REFUSALS_AT_ONCE });
    const last = rows.at(-1);
    if (last === undefined) return shown;
    const refusals = rows.map(({ row, reason }) => ({ ...placeOf(manifest, Number(row)), reason }));
    shown.push(...refusals.slice(0, SHOWN_REJECTIONS - shown.length));
    for (const [file, some] of Map.groupBy(refusals, (refusal) => refusal.file)) {
      const lines = some.map(({ line }) => BigInt(line));
      await warehouse.run(rejectLines, { file, lines, reasons: some.map(({ reason }) => reason) });
    }
    from = BigInt(last.row) + 1n;
  }
}

/** The day on which texts of this run are deleted. */
function textUntil({ now, keepTextDays }: LandingOptions): string {
  const until = new Date(now.getTime() + keepTextDays * DAY_MILLISECONDS);
  return until.toISOString().slice(0, 10);
}
