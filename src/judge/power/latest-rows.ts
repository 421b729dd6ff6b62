import { copyOf, type TrafficRow } from "../traffic-row.ts";

/** Which rows are kept, and how many. */
export interface LatestRowsOptions {
  /** Most rows that are held. */
  readonly most: number;
  /** A row's place, 0 to 2³² − 1: those of least place stay. Undefined where it is not wanted at all. */
  readonly placeOf: (row: TrafficRow) => number | undefined;
}

/** Seconds before the last row from which rows count. */
const WINDOW = 7 * 86_400;
/** When there are too many, rows and the places that are kept shrink to this share. */
const STAYS = 0.75;

/**
 * A sample of the last seven days of a stream of rows in order of time: the same for the same stream, whatever its length.
 * Memory grows with `most`.
 */
export class LatestRows {
  readonly #options: LatestRowsOptions;
  #limit = 2 ** 32;
  #rows: TrafficRow[] = [];

  constructor(options: LatestRowsOptions) {
    this.#options = options;
  }

  /** The rows kept, in order of time. */
  get rows(): readonly TrafficRow[] {
    const last = this.#rows.at(-1)?.time ?? 0;
    return this.#rows.filter(({ time }) => time > last - WINDOW);
  }

  /** Takes the next row; keeps a copy of it where it is wanted. Expected O(1). */
  see(row: TrafficRow): void {
    if (!this.#keeps(row)) return;
    this.#rows.push(copyOf(row));
    const { most } = this.#options;
    if (this.#rows.length <= most) return;
    this.#rows = [...this.rows];
    while (this.#rows.length > STAYS * most) {
      this.#limit *= STAYS;
      this.#rows = this.#rows.filter((kept) => this.#keeps(kept));
    }
  }

  #keeps(row: TrafficRow): boolean {
    const place = this.#options.placeOf(row);
    return place !== undefined && place < this.#limit;
  }
}
