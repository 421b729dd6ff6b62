import type { Warehouse } from "../warehouse/open-warehouse.ts";
import { clearLanding, countSegment, landSegment } from "../warehouse/statements.gen.ts";
import { type InstallationSecret, sipKeyOf } from "./installation-secret.ts";
import type { Segment } from "./segment.ts";

/** How lines become rows: the key of fingerprints, the clock, and whether the rows carry their text. */
export interface LandLinesOptions {
  readonly secret: InstallationSecret;
  /** Lines more than 400 days before or one day after are rejected, unless they were promised. */
  readonly now: Date;
  readonly text: boolean;
}

/** How many lines landed, empty ones not counted: `lines = fine + rejected`. */
export interface LandedCounts {
  readonly lines: number;
  readonly fine: number;
  readonly rejected: number;
  /** Our own lines of an embeddings endpoint, which are no exchanges; not part of `lines`. */
  readonly embeddings: number;
}

const NONE: LandedCounts = { lines: 0, fine: 0, rejected: 0, embeddings: 0 };

/** Fills the landing table with the lines of a segment, refused ones included. One caller at a time: the table is shared. */
export async function landLines(
  warehouse: Warehouse,
  { path, manifest, promised }: Segment,
  { secret, now, text }: LandLinesOptions,
): Promise<LandedCounts> {
  await warehouse.run(clearLanding, {});
  const key = { secret: secret.id, ...sipKeyOf(secret) };
  // Times of promised lines were judged when they came; the clock may have been set back since.
  const judged = promised === true ? 1 : 0;
  await warehouse.run(landSegment, { path, now, judged, keep: text ? 1 : 0, ...key });
  await warehouse.insert("landing", manifest.refusals);
  const [counts] = await warehouse.rows(countSegment, {});
  return counts ?? NONE;
}
