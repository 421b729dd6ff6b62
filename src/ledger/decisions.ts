import { StillwatchError } from "../core/errors.ts";
import { assertReachable } from "./case-states.ts";
import type { Change, Ledger } from "./open-ledger.ts";
import { pieces } from "./pieces.ts";
import { caseToChange } from "./read-cases.ts";
import type { DecisionRow, Step } from "./tables.ts";
import { assertMay } from "./users.ts";

/** A step to be taken on accounts of a confirmed case. */
export interface StepToTake {
  readonly number: number;
  readonly step: Step;
  /** Members of the case; those that are operated where absent. */
  readonly accounts?: readonly string[];
  /** For the gateway and the customer, such as `coordinated_harvest`. */
  readonly reasonCode: string;
  /** ISO 8601; every step ends. */
  readonly expires: string;
  readonly by: string;
  readonly reason: string;
}

/** Decides a step on accounts of a confirmed case, which is acted on from then. Answers the step's number and how many accounts it is about. Throws SW_CASE_STATE, SW_STEP_INVALID, SW_USER_REFUSED. */
export function decide(
  ledger: Ledger,
  wanted: StepToTake,
): Promise<{ readonly decision: number; readonly accounts: number }> {
  const { number, step, reasonCode, by, reason } = wanted;
  return ledger.change(async (change) => {
    const { tx, time, record } = change;
    const actor = await assertMay(change, by, "act");
    const row = await caseToChange(change, number);
    if (row.state !== "acted") assertReachable(row, "acted");
    const ends = Date.parse(wanted.expires);
    if (!(ends > Date.parse(time))) throw invalid("it must end, and not before it begins");
    const expires = new Date(ends).toISOString();
    if (!/^[a-z][a-z0-9_]{0,63}$/.test(reasonCode))
      throw invalid("its reason code is no such word");
    const accounts = await accountsOf(change, number, wanted.accounts);
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

async function accountsOf(
  { tx }: Change,
  number: number,
  named: readonly string[] | undefined,
): Promise<readonly string[]> {
  const members = await tx
    .selectFrom("case_members")
    .select(["account", "role", "left_at"])
    .where("case_number", "=", number)
    .execute();
  const known = new Set(members.map(({ account }) => account));
  const stranger = named?.find((account) => !known.has(account));
  if (stranger !== undefined) throw invalid(`${stranger} is no account of c${number}`);
  const meant =
    named ??
    members.flatMap(({ account, role, left_at }) =>
      role === "operated" && left_at === null ? [account] : [],
    );
  if (meant.length === 0) throw invalid("it is about no account");
  return [...new Set(meant)].toSorted();
}

function invalid(reason: string): StillwatchError {
  return new StillwatchError("SW_STEP_INVALID", { reason });
}
