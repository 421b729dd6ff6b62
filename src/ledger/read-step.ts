import { StillwatchError } from "../core/errors.ts";
import { type Acknowledged, stepAcknowledged } from "./acknowledgements.ts";
import type { Ledger } from "./open-ledger.ts";
import type { Step } from "./tables.ts";

/** A step that was taken, as it is now. */
export interface StepNow {
  readonly case: number;
  readonly step: Step;
  readonly expires: string;
  /** How many it is about, and for how many of them it was taken back. */
  readonly accounts: number;
  readonly lifted: number;
  /** How far gateways are with it; undefined where that is longer ago than is remembered. */
  readonly acknowledged: Acknowledged | undefined;
}

/** A step by its number. Throws SW_STEP_UNKNOWN. */
export async function readStep(ledger: Ledger, decision: number): Promise<StepNow> {
  const rows = await ledger.read((store) =>
    store.selectFrom("decisions").selectAll().where("number", "=", decision).execute(),
  );
  const [first] = rows;
  if (first === undefined) throw new StillwatchError("SW_STEP_UNKNOWN", { id: `d${decision}` });
  return {
    case: first.case_number,
    step: first.step,
    expires: first.expires,
    accounts: rows.length,
    lifted: rows.filter(({ lifted }) => lifted !== null).length,
    acknowledged: await stepAcknowledged(ledger, rows),
  };
}
