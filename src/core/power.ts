/** How large an operation is: each of its accounts sends as many requests a day, for as many days. */
export interface OperationSize {
  readonly accounts: number;
  readonly requests_a_day: number;
  readonly days: number;
}

/** An operation of one size, planted anew in every trial. Trials end when it is clear whether enough of them find it. */
export interface PlantedSize extends OperationSize {
  readonly trials: number;
  readonly found: number;
}

/** What a scan that flagged nothing would have found in the same traffic. */
export interface Power {
  /** The smallest size tried that at least nine of ten trials found; null where none was. */
  readonly smallest: OperationSize | null;
  /** Every size tried, smallest first. */
  readonly tried: readonly PlantedSize[];
  /** What the operations were planted in: the latest traffic of some accounts, or of all. */
  readonly sample: { readonly exchanges: number; readonly accounts: number };
  /** Why no size was tried; empty otherwise. */
  readonly reason: string;
}
