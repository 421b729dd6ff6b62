import { StillwatchError } from "../core/errors.ts";
import { assertReachable } from "./case-states.ts";
import type { Change, Ledger } from "./open-ledger.ts";
import { pieces } from "./pieces.ts";
import { caseToChange } from "./read-cases.ts";
import { assertAllowed, weighStep } from "./review/weigh-step.ts";
import type { DecisionRow } from "./tables.ts";
import { checkedStep, type StepToTake, takeStep } from "./take-step.ts";
import { assertMay } from "./users.ts";

/**
 * Decides a step on accounts of a confirmed case, which is acted on from then, where one person may: the review is complete,
 * it is within the limits and needs no second person. Answers the step's number and how many accounts it is about.
 * Throws SW_CASE_STATE, SW_STEP_INVALID, SW_REVIEW_INCOMPLETE, SW_STEP_RADIUS, SW_STEP_SECOND, SW_USER_REFUSED.
 */
export function decide(
  ledger: Ledger,
  wanted: StepToTake,
): Promise<{ readonly decision: number; readonly accounts: number }> {
  const { number, by } = wanted;
  return ledger.change(async (change) => {
    const actor = await assertMay(change, by, "act");
    const row = await caseToChange(change, number);
    if (row.state !== "acted") assertReachable(row, "acted");
    const step = checkedStep(wanted, change.time);
    const weighed = await weighStep(change.tx, ledger, step);
    assertAllowed(weighed);
    const { accounts, second } = weighed;
    if (second !== undefined)
      throw new StillwatchError("SW_STEP_SECOND", { id: `c${number}`, why: second });
    return takeStep(change, { ...step, accounts }, actor);
  });
}

/** Takes a step back, as a whole or for some accounts. Answers how many it was. Throws SW_STEP_INVALID, SW_USER_REFUSED. */
export function liftDecision(
  ledger: Ledger,
  lift: { decision: number; accounts?: readonly string[]; by: string; reason: string },
): Promise<number> {
  const { decision, accounts, by, reason } = lift;
  return ledger.change(async (change) => {
    const actor = await assertMay(change, by, "act");
    const rows = await change.tx
      .selectFrom("decisions")
      .selectAll()
      .where("number", "=", decision)
      .where("lifted", "is", null)
      .execute();
    const meant = rows.filter(
      ({ account }) => accounts === undefined || accounts.includes(account),
    );
    if (meant.length === 0) throw invalid(`d${decision} holds for none of these accounts`);
    for (const some of pieces(meant.map(({ account }) => account))) {
      await change.tx
        .updateTable("decisions")
        .set({ lifted: change.time })
        .where("number", "=", decision)
        .where("account", "in", some)
        .execute();
    }
    const object = `case:c${meant[0]!.case_number}`;
    const details = { decision, reason, accounts: meant.map(({ account }) => account) };
    change.record({ actor, action: "decision.lifted", object, details });
    return meant.length;
  });
}

/** Lifts all that holds because of a case; answers how many accounts' steps it was. The caller records it. */
export async function liftCase({ tx, time }: Change, number: number): Promise<number> {
  const held = await tx
    .updateTable("decisions")
    .set({ lifted: time })
    .where("case_number", "=", number)
    .where("lifted", "is", null)
    .returning("account")
    .execute();
  return held.length;
}

/** What holds now, of all accounts: not lifted, not run out. Gateways are told of these. */
export function decisionsInForce(ledger: Ledger): Promise<readonly DecisionRow[]> {
  const now = ledger.now().toISOString();
  return ledger.read((store) =>
    store
      .selectFrom("decisions")
      .selectAll()
      .where("lifted", "is", null)
      .where("expires", ">", now)
      .orderBy("number")
      .execute(),
  );
}

function invalid(reason: string): StillwatchError {
  return new StillwatchError("SW_STEP_INVALID", { reason });
}
