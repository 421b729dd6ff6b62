import type { Kysely } from "kysely";
import { StillwatchError } from "../../core/errors.ts";
import type { Ledger } from "../open-ledger.ts";
import type { LedgerTables, Step } from "../tables.ts";
import { type CaseReview, reviewOf } from "./read-plan.ts";
import { limitsExceeded, type Simulation, simulateStep } from "./simulate-step.ts";

/** A step that somebody thinks of. */
export interface StepInMind {
  readonly number: number;
  readonly step: Step;
  /** Members of the case; what the review of the group allows where absent. */
  readonly accounts?: readonly string[];
  /** True where one person takes it alone: the sample needn't be complete, single accounts must have been found positive all the same. */
  readonly breakGlass?: boolean;
}

/** A step, weighed. */
export interface WeighedStep {
  readonly review: CaseReview;
  /** Whom it would be about. */
  readonly accounts: readonly string[];
  /** Accounts that somebody has yet to open before it can be taken. */
  readonly pending: readonly string[];
  /** Members that it leaves out: no sample stands for them, and nobody has found them positive. */
  readonly leftOut: number;
  readonly simulation: Simulation;
  /** Which limits it is over, together with what steps of the case hold for already, in words. */
  readonly over: readonly string[];
  /** Why it takes a second person, in words; undefined where it takes none. */
  readonly second: string | undefined;
}

/** What a step would be about, what it would touch, and what it still takes. Throws SW_CASE_UNKNOWN, SW_STEP_INVALID. */
export function simulateCase(ledger: Ledger, wanted: StepInMind): Promise<WeighedStep> {
  return ledger.read((store) => weighStep(store, ledger, wanted));
}

/** The same within a change. */
export async function weighStep(
  store: Kysely<LedgerTables>,
  ledger: Ledger,
  wanted: StepInMind,
): Promise<WeighedStep> {
  const review = await reviewOf(store, ledger, wanted.number);
  const week = await store.selectFrom("traffic_week").selectAll().executeTakeFirst();
  const { accounts, pending } =
    wanted.accounts === undefined ? ofGroup(review, wanted) : ofNamed(review, wanted);
  // Before the sample is complete, what a step would touch is that of all it could be about.
  const about = new Set(accounts.length > 0 ? accounts : reachable(review));
  const members = review.members.filter(({ account }) => about.has(account));
  const simulation = simulateStep(members, week);
  // Steps that are each small add up: what holds already counts along.
  const held = await heldBy(store, ledger, wanted.number);
  const together = simulateStep(
    review.members.filter(({ account }) => about.has(account) || held.has(account)),
    week,
  );
  return {
    review,
    accounts,
    pending,
    leftOut: review.plan.single.filter(({ account }) => !about.has(account)).length,
    simulation,
    over: wanted.step === "allow" ? [] : limitsExceeded(together, review.policy.limits),
    second: secondFor(wanted.step, together, review.policy.second_person),
  };
}

/** Throws SW_REVIEW_INCOMPLETE, SW_STEP_RADIUS, SW_STEP_INVALID where a step can't be taken or proposed. */
export function assertAllowed({ review, accounts, pending, leftOut, over }: WeighedStep): void {
  const id = `c${review.case.number}`;
  if (pending.length > 0) throw incomplete(id, pending);
  if (accounts.length === 0) {
    const singles = review.plan.single.filter(({ finding }) => finding === undefined);
    if (leftOut > 0 && singles.length > 0)
      throw incomplete(
        id,
        singles.map(({ account }) => account),
      );
    throw new StillwatchError("SW_STEP_INVALID", { reason: "it is about no account" });
  }
  if (over.length > 0) throw new StillwatchError("SW_STEP_RADIUS", { id, over: over.join(", ") });
}

function incomplete(id: string, pending: readonly string[]): StillwatchError {
  const more = pending.length > 3 ? ` and ${pending.length - 3} more` : "";
  const which = `${pending.slice(0, 3).join(", ")}${more}`;
  return new StillwatchError("SW_REVIEW_INCOMPLETE", { id, count: pending.length, which });
}

type Scope = Pick<WeighedStep, "accounts" | "pending">;

function ofGroup(review: CaseReview, { step, breakGlass = false }: StepInMind): Scope {
  const { plan } = review;
  if (step === "allow") return { accounts: operated(review), pending: [] };
  if (breakGlass) return { accounts: reachable(review), pending: [] };
  return { accounts: plan.accounts, pending: plan.pending };
}

function ofNamed(
  { members, findings, plan, case: { number } }: CaseReview,
  { step, accounts = [], breakGlass = false }: StepInMind,
): Scope {
  const known = new Set(members.map(({ account }) => account));
  const stranger = accounts.find((account) => !known.has(account));
  if (stranger !== undefined) throw invalid(`${stranger} is no account of c${number} now`);
  const named = [...new Set(accounts)].toSorted();
  if (step === "allow") return { accounts: named, pending: [] };
  const refuted = named.find((account) =>
    ["legitimate", "unclear"].includes(findings.get(account) ?? ""),
  );
  if (refuted !== undefined) throw invalid(`${refuted} was found ${findings.get(refuted)}`);
  const single = new Set(plan.single.map(({ account }) => account));
  const pending = named.filter(
    (account) => !findings.has(account) && (!breakGlass || single.has(account)),
  );
  return { accounts: named, pending };
}

/** All that a step on the group could be about: nobody spoke for them, and single ones were found positive. */
function reachable({ members, findings, plan }: CaseReview): readonly string[] {
  const single = new Set(plan.single.map(({ account }) => account));
  return members
    .map(({ account }) => account)
    .filter(
      (account) =>
        (findings.get(account) ?? (single.has(account) ? "" : "positive")) === "positive",
    );
}

/** Accounts that steps of a case restrict now. */
async function heldBy(
  store: Kysely<LedgerTables>,
  ledger: Ledger,
  number: number,
): Promise<ReadonlySet<string>> {
  const rows = await store
    .selectFrom("decisions")
    .select("account")
    .where("case_number", "=", number)
    .where("step", "<>", "allow")
    .where("lifted", "is", null)
    .where("expires", ">", ledger.now().toISOString())
    .execute();
  return new Set(rows.map(({ account }) => account));
}

function operated({ members }: CaseReview): readonly string[] {
  return members.flatMap(({ account, role }) => (role === "operated" ? [account] : []));
}

function secondFor(
  step: Step,
  simulation: Simulation,
  { steps, accounts_over: most }: CaseReview["policy"]["second_person"],
): string | undefined {
  if (step === "allow") return undefined;
  if (steps.includes(step)) return `${step} always does`;
  if (simulation.accounts > most)
    return `steps of the case would hold for ${simulation.accounts} accounts, and more than ${most} do`;
  if (simulation.exchanges_share === null) return "what it would touch was never measured";
  return undefined;
}

function invalid(reason: string): StillwatchError {
  return new StillwatchError("SW_STEP_INVALID", { reason });
}
