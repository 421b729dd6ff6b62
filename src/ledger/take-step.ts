import { StillwatchError } from "../core/errors.ts";
import type { Change } from "./open-ledger.ts";
import { pieces } from "./pieces.ts";
import type { DecisionRow, Step } from "./tables.ts";

/** A step to be taken on accounts of a confirmed case. */
export interface StepToTake {
  readonly number: number;
  readonly step: Step;
  /** Members of the case; what the review of the group allows where absent. */
  readonly accounts?: readonly string[];
  /** For the gateway and the customer, such as `coordinated_harvest`. */
  readonly reasonCode: string;
  /** ISO 8601; every step ends. */
  readonly expires: string;
  readonly by: string;
  readonly reason: string;
}

/** A step whose end is in the future, in one form, and whose reason code is a word. Throws SW_STEP_INVALID. */
export function checkedStep<S extends StepToTake>(wanted: S, now: string): S {
  const ends = Date.parse(wanted.expires);
  if (!(ends > Date.parse(now))) throw invalid("it must end, and not before it begins");
  if (!/^[a-z][a-z0-9_]{0,63}$/.test(wanted.reasonCode))
    throw invalid("its reason code is no such word");
  return { ...wanted, expires: new Date(ends).toISOString() };
}

/** Writes a step down that may be taken; its case is acted on from then. Answers its number and how many accounts it is about. */
export async function takeStep(
  { tx, time, record }: Change,
  taken: StepToTake & { readonly accounts: readonly string[] },
  actor: string,
): Promise<{ readonly decision: number; readonly accounts: number }> {
  const { number, step, reasonCode, expires, accounts, by, reason } = taken;
  const last = await tx
    .selectFrom("decisions")
    .select((of) => of.fn.max("number").as("n"))
    .executeTakeFirst();
  const decision = (last?.n ?? 0) + 1;
  const shared = { number: decision, case_number: number, step, reason_code: reasonCode };
  const rows = accounts.map((account): DecisionRow => {
    return { ...shared, account, made: time, made_by: by, expires, lifted: null, changed: 0 };
  });
  for (const some of pieces(rows)) await tx.insertInto("decisions").values(some).execute();
  const state = { state: "acted", updated: time } as const;
  await tx.updateTable("cases").set(state).where("number", "=", number).execute();
  const details = { decision, step, reason_code: reasonCode, expires, reason, accounts };
  record({ actor, action: "case.acted", object: `case:c${number}`, details });
  return { decision, accounts: accounts.length };
}

function invalid(reason: string): StillwatchError {
  return new StillwatchError("SW_STEP_INVALID", { reason });
}
