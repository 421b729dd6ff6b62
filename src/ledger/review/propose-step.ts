import { StillwatchError } from "../../core/errors.ts";
import { canonicalJson, type Json } from "../canonical-json.ts";
import { assertReachable } from "../case-states.ts";
import { checkedStep, type StepToTake, takeStep } from "../take-step.ts";
import type { Change, Ledger } from "../open-ledger.ts";
import { caseToChange } from "../read-cases.ts";
import type { ProposalRow } from "../tables.ts";
import { assertMay } from "../users.ts";
import { assertAllowed, type WeighedStep, weighStep } from "./weigh-step.ts";

/**
 * Proposes a step on accounts of a confirmed case; it is taken once somebody else approves it. Answers its number.
 * Throws SW_CASE_UNKNOWN, SW_CASE_STATE, SW_STEP_INVALID, SW_REVIEW_INCOMPLETE, SW_STEP_RADIUS, SW_USER_REFUSED.
 */
export function proposeStep(
  ledger: Ledger,
  wanted: StepToTake,
): Promise<{ readonly proposal: number; readonly weighed: WeighedStep; readonly lapses: string }> {
  return ledger.change(async (change) => {
    const { by, number } = wanted;
    const actor = await assertMay(change, by, "act");
    await assertActable(change, number);
    const weighed = await weighStep(change.tx, ledger, wanted);
    assertAllowed(weighed);
    const hours = weighed.review.policy.second_person.approval_hours;
    const lapses = new Date(Date.parse(change.time) + hours * 3_600_000).toISOString();
    const row = await writeProposal(change, wanted, { weighed, lapses, brokeGlass: false });
    change.record({
      actor,
      action: "step.proposed",
      object: `case:c${number}`,
      details: detailsOf(row, weighed),
    });
    return { proposal: row.number, weighed, lapses };
  });
}

/**
 * Approves what somebody else proposed, and takes it: of the accounts it was about, those that it may still be about. Of
 * a step that was taken breaking glass, it says that a second person looked at it.
 * Throws SW_PROPOSAL_UNKNOWN, SW_APPROVAL_REFUSED, and what proposing throws.
 */
export function approveStep(
  ledger: Ledger,
  { proposal: id, by, reason }: { proposal: number; by: string; reason: string },
): Promise<{
  readonly decision: number;
  readonly accounts: number;
  readonly proposal: ProposalRow;
}> {
  return ledger.change(async (change) => {
    const { tx, time, record } = change;
    const actor = await assertMay(change, by, "approve");
    const proposal = await tx
      .selectFrom("proposals")
      .selectAll()
      .where("number", "=", id)
      .executeTakeFirst();
    if (proposal === undefined) throw new StillwatchError("SW_PROPOSAL_UNKNOWN", { id: `p${id}` });
    await assertOther(change, proposal, by);
    const taken = proposal.broke_glass === 1 ? undefined : await retake(change, ledger, proposal);
    const decision = taken?.decision ?? proposal.decision!;
    await tx
      .updateTable("proposals")
      .set({ approved: time, approved_by: by, decision })
      .where("number", "=", id)
      .execute();
    const { case_number, proposed_by } = proposal;
    const details = { proposal: id, decision, proposed_by, reason };
    const action = proposal.broke_glass === 1 ? "glass.reviewed" : "step.approved";
    record({ actor, action, object: `case:c${case_number}`, details });
    const accounts = taken?.accounts ?? (JSON.parse(proposal.accounts) as string[]).length;
    return { decision, accounts, proposal };
  });
}

/**
 * Takes a step alone, at once, where nobody can be waited for: the sample needn't be complete and no limit holds, but it
 * ends within hours, and somebody else has to look at it afterwards (`approveStep`). Until then there can be no other.
 * Throws what proposing throws, but for the review and the limits.
 */
export function breakGlass(
  ledger: Ledger,
  wanted: StepToTake,
): Promise<{
  readonly proposal: number;
  readonly decision: number;
  readonly weighed: WeighedStep;
}> {
  return ledger.change(async (change) => {
    const { tx, time, record } = change;
    const { by, number } = wanted;
    const actor = await assertMay(change, by, "act");
    await assertActable(change, number);
    const step = checkedStep(wanted, time);
    const open = await tx
      .selectFrom("proposals")
      .select("number")
      .where("case_number", "=", number)
      .where("broke_glass", "=", 1)
      .where("approved", "is", null)
      .executeTakeFirst();
    if (open !== undefined)
      throw invalid(`nobody else has looked at p${open.number} yet, which broke glass before`);
    const weighed = await weighStep(tx, ledger, { ...wanted, breakGlass: true });
    assertAllowed({ ...weighed, over: [] });
    const { hours } = weighed.review.policy.break_glass;
    const lapses = new Date(Date.parse(time) + hours * 3_600_000).toISOString();
    if (step.expires > lapses) throw invalid(`breaking glass lasts ${hours} hours at most`);
    const row = await writeProposal(change, wanted, { weighed, lapses, brokeGlass: true });
    const details = { ...detailsOf(row, weighed), over: weighed.over };
    record({ actor, action: "glass.broken", object: `case:c${number}`, details });
    const { decision } = await takeStep(change, { ...step, accounts: weighed.accounts }, actor);
    await tx.updateTable("proposals").set({ decision }).where("number", "=", row.number).execute();
    return { proposal: row.number, decision, weighed };
  });
}

/** Proposals of a case, or of all, the newest first. */
export function readProposals(ledger: Ledger, number?: number): Promise<readonly ProposalRow[]> {
  return ledger.read((store) => {
    const all = store.selectFrom("proposals").selectAll().orderBy("number", "desc");
    return (number === undefined ? all : all.where("case_number", "=", number)).execute();
  });
}

async function assertActable(change: Change, number: number): Promise<void> {
  const row = await caseToChange(change, number);
  if (row.state !== "acted") assertReachable(row, "acted");
}

async function assertOther({ tx, time }: Change, proposal: ProposalRow, by: string): Promise<void> {
  const { number, case_number, proposed_by, approved, broke_glass, lapses } = proposal;
  const refuse = (reason: string): never => {
    throw new StillwatchError("SW_APPROVAL_REFUSED", { by, id: `p${number}`, reason });
  };
  if (approved !== null) refuse("it was approved already");
  if (broke_glass === 0 && lapses <= time)
    refuse(`it lapsed at ${lapses}; it has to be proposed anew`);
  if (proposed_by === by) refuse("the same person proposed it");
  const steps = await tx
    .selectFrom("audit")
    .select(["sequence", "actor", "action", "details"])
    .where("object", "=", `case:c${case_number}`)
    .where("action", "in", ["case.confirmed", "step.proposed"])
    .orderBy("sequence")
    .execute();
  const confirmed = steps.findLast(({ action }) => action === "case.confirmed");
  if (confirmed?.actor === `user:${by}`) refuse("the same person confirmed the case");
  const isThis = ({ action, details }: (typeof steps)[number]): boolean =>
    action === "step.proposed" &&
    (JSON.parse(details) as { readonly proposal?: number }).proposal === number;
  const since = steps.findLast(isThis)?.sequence ?? Number.POSITIVE_INFINITY;
  if ((confirmed?.sequence ?? 0) > since)
    refuse("the case was confirmed anew since; it has to be proposed anew, too");
}

/** Takes a proposed step, as far as it is still allowed. */
async function retake(
  change: Change,
  ledger: Ledger,
  proposal: ProposalRow,
): Promise<{ readonly decision: number; readonly accounts: number }> {
  const { case_number: number, step, reason_code: reasonCode, ends, reason } = proposal;
  await assertActable(change, number);
  // Who may not act any more can't have it done by another either.
  const actor = await assertMay(change, proposal.proposed_by, "act");
  const proposed = JSON.parse(proposal.accounts) as readonly string[];
  const whole = proposal.whole_group === 1;
  const wanted = { number, step, ...(!whole && { accounts: proposed }) };
  const weighed = await weighStep(change.tx, ledger, wanted);
  const still = new Set(weighed.accounts);
  const accounts = proposed.filter((account) => still.has(account));
  assertAllowed({ ...weighed, accounts });
  const by = proposal.proposed_by;
  return takeStep(
    change,
    checkedStep({ number, step, accounts, reasonCode, expires: ends, by, reason }, change.time),
    actor,
  );
}

async function writeProposal(
  { tx, time }: Change,
  wanted: StepToTake,
  of: { weighed: WeighedStep; lapses: string; brokeGlass: boolean },
): Promise<ProposalRow> {
  const { step, number, reasonCode, expires, by, reason } = checkedStep(wanted, time);
  const last = await tx
    .selectFrom("proposals")
    .select((all) => all.fn.max("number").as("n"))
    .executeTakeFirst();
  const row: ProposalRow = {
    number: (last?.n ?? 0) + 1,
    case_number: number,
    step,
    reason_code: reasonCode,
    ends: expires,
    reason,
    whole_group: wanted.accounts === undefined ? 1 : 0,
    accounts: JSON.stringify(of.weighed.accounts),
    simulation: canonicalJson(of.weighed.simulation as unknown as Json),
    broke_glass: of.brokeGlass ? 1 : 0,
    proposed: time,
    proposed_by: by,
    lapses: of.lapses,
    approved: null,
    approved_by: null,
    decision: null,
  };
  await tx.insertInto("proposals").values(row).execute();
  return row;
}

function detailsOf(
  { number, step, reason_code, ends, reason, lapses }: ProposalRow,
  { accounts, simulation, review }: WeighedStep,
): Readonly<Record<string, Json>> {
  return {
    proposal: number,
    step,
    reason_code,
    ends,
    reason,
    lapses,
    accounts,
    simulation: JSON.parse(JSON.stringify(simulation)) as Json,
    policy: review.policyVersion,
    bound: review.plan.bound === undefined ? null : { ...review.plan.bound },
  };
}

function invalid(reason: string): StillwatchError {
  return new StillwatchError("SW_STEP_INVALID", { reason });
}
