import type { Warehouse } from "../warehouse/open-warehouse.ts";
import { clearLanding, fingerprintLines, landedRefusals } from "../warehouse/statements.gen.ts";
import { engineLines } from "./engine-lines.ts";
import type { InstallationSecret } from "./installation-secret.ts";
import type { Rejection } from "./intake-totals.ts";
import { landLines } from "./land-lines.ts";
import { placeOf, type Segment } from "./segment.ts";

/** Takes whole lines of fingerprints; when it resolves, they are where they should be. */
export type Deliver = (lines: AsyncIterable<Buffer>) => Promise<void>;

/** What fingerprints are made with. */
export interface FingerprintOptions {
  readonly warehouse: Warehouse;
  readonly secret: InstallationSecret;
  readonly now: Date;
  readonly deliver: Deliver;
}

/** What became of the lines of one segment: `lines = made + rejections`. Repeats are made again; the receiver knows them by their ids. */
export interface FingerprintedSegment {
  readonly lines: number;
  readonly made: number;
  /** All of them. */
  readonly rejections: readonly Rejection[];
}

/** Turns the exchanges of a segment into exchanges of fingerprints only and hands those over. Throws what `deliver` throws and the warehouse's errors. One caller at a time. */
export async function fingerprintSegment(
  segment: Segment,
  { warehouse, secret, now, deliver }: FingerprintOptions,
): Promise<FingerprintedSegment> {
  const landed = await landLines(warehouse, segment, { secret, now, text: false });
  if (landed.fine > 0) await deliver(engineLines(warehouse.bytes(fingerprintLines, {})));
  const refused =
    landed.rejected === 0
      ? []
      : await warehouse.rows(landedRefusals, { from: 0n, most: landed.rejected });
  await warehouse.run(clearLanding, {});
  const rejections = refused.map(({ row, reason }) => {
    const { file, line } = placeOf(segment.manifest, Number(row));
    return { file, line, reason };
  });
  return { lines: landed.lines, made: landed.fine, rejections };
}
