import type { Warehouse } from "../../warehouse/open-warehouse.ts";

/** Accounts that a baseline calls one operation. `time` (ISO 8601, UTC): the first moment at which it could have said so; null where the method has no clock. */
export interface Flagged {
  readonly accounts: readonly string[];
  readonly time: string | null;
}

/** What every baseline is given. */
export interface BaselineOptions {
  /** For the baselines that draw at random: the same seed and traffic give the same answer. */
  readonly seed: number;
}

/** A published method of finding operations, rebuilt from its description, to be scored on the same worlds as the pipeline. */
export interface Baseline {
  readonly id: string;
  readonly name: string;
  /** Where the method is described. */
  readonly source: string;
  /** Reads a warehouse whose traffic is loaded and whose features are built. Throws SW_WAREHOUSE_*. */
  flag(warehouse: Warehouse, options: BaselineOptions): Promise<readonly Flagged[]>;
}
