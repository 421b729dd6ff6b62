/** A line that was not accepted. `line` counts from 1; in a Parquet file it is the row. */
export interface Rejection {
  readonly file: string;
  readonly line: number;
  readonly reason: string;
}

/**
 * What became of the lines of one run. Empty lines are not counted: `lines = accepted + repeats + rejected`.
 * A line of another format that holds several exchanges counts as that many.
 * `bytes` are the bytes read from the sources, compressed where they were.
 */
export interface IntakeTotals {
  readonly lines: number;
  readonly accepted: number;
  /** Lines whose id and part had been accepted before, in this run or an earlier one. */
  readonly repeats: number;
  readonly rejected: number;
  /** The first 100. */
  readonly rejections: readonly Rejection[];
  /** Records of other formats that are rightly there and are no exchange; not part of `lines`. By what they are. */
  readonly aside: Readonly<Record<string, number>>;
  readonly bytes: number;
  /** Lines accepted from segments an interrupted run left behind; not part of `lines`. */
  readonly recovered: number;
}

/** How many rejections `IntakeTotals` shows. */
export const SHOWN_REJECTIONS = 100;

/** The totals of a run that has read nothing yet. */
export const NO_TOTALS: IntakeTotals = {
  lines: 0,
  accepted: 0,
  repeats: 0,
  rejected: 0,
  rejections: [],
  aside: {},
  bytes: 0,
  recovered: 0,
};
