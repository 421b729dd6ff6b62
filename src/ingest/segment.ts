import { z } from "zod";

/** Rows of a segment that come from one file: row `row` is line `line` of it (from 1), and so on; or all are that `same` line. */
const piece = z.strictObject({
  row: z.int().nonnegative(),
  file: z.string(),
  line: z.int().positive(),
  same: z.literal(true).optional(),
});
/** A row refused before the engine saw it; it is empty in the segment. */
const refusal = z.strictObject({ row: z.int().nonnegative(), reason: z.string() });

/** The sidecar of a segment: which file and line each row is. Rows count from 0. */
export const manifestShape = z.strictObject({
  version: z.literal(1),
  rows: z.int().nonnegative(),
  bytes: z.int().nonnegative(),
  pieces: z.array(piece).readonly(),
  refusals: z.array(refusal).readonly(),
});

/** Which file and line each row of a segment is. */
export type Manifest = z.infer<typeof manifestShape>;
/** Rows of a segment that come from one file. */
export type SegmentPiece = z.infer<typeof piece>;
/** A row refused before the engine saw it. */
export type Refusal = z.infer<typeof refusal>;

/** NDJSON in the spool, complete and durable, waiting to be loaded. */
export interface Segment {
  /** Absolute path of the lines. */
  readonly path: string;
  readonly manifest: Manifest;
  /** Somebody was promised its lines and may have no other copy: it stays until the warehouse has them. */
  readonly promised?: true;
}

/** Where a row of a segment stood. */
export interface Place {
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

/** File and line of a row. Complexity: logarithmic in the pieces. */
export function placeOf({ pieces }: Manifest, row: number): Place {
  let low = 0;
  let high = pieces.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((pieces[middle]?.row ?? 0) <= row) low = middle;
    else high = middle - 1;
  }
  const found = pieces[low];
  return found === undefined
    ? { file: "", line: 1 }
    : { file: found.file, line: lineIn(found, row) };
}

/** The manifest of the rows from `from` to below `until`, by themselves. Its bytes are not counted anew. */
export function sliceManifest(whole: Manifest, from: number, until: number): Manifest {
  const at = whole.pieces.findLastIndex(({ row }) => row <= from);
  const pieces = whole.pieces.slice(Math.max(0, at)).flatMap((some) => {
    if (some.row >= until) return [];
    const begins = Math.max(some.row, from);
    return [{ ...some, row: begins - from, line: lineIn(some, begins) }];
  });
  const refusals = whole.refusals
    .filter(({ row }) => row >= from && row < until)
    .map(({ row, reason }) => ({ row: row - from, reason }));
  return { ...whole, rows: until - from, pieces, refusals };
}

/** The line of a row that belongs to the piece. */
export function lineIn(rows: SegmentPiece, row: number): number {
  return rows.same === true ? rows.line : rows.line + row - rows.row;
}
