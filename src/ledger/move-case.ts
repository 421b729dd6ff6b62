import { StillwatchError } from "../core/errors.ts";
import { assertReachable, CLOSED_STATES } from "./case-states.ts";
import { liftCase } from "./decisions.ts";
import type { Change, Ledger } from "./open-ledger.ts";
import { pieces } from "./pieces.ts";
import { caseToChange } from "./read-cases.ts";
import { reviewOf } from "./review/read-plan.ts";
import type { CaseRow, CaseState, LabelRow } from "./tables.ts";
import { assertMay } from "./users.ts";

/** What an explanation can be: the group is real and stands for something legitimate. */
export const EXPLANATIONS = [
  "one_customer",
  "agreement",
  "teaching",
  "evaluation",
  "shared_application",
  "resale_permitted",
  "migration",
  "own_test",
  "wrong_data",
  "other",
] as const;
/** One of `EXPLANATIONS`. */
export type Explanation = (typeof EXPLANATIONS)[number];

/** What a person decides of a case. `acted` is no such move: the first decision on an account makes it. */
export type Move =
  | { readonly to: "confirmed" | "upheld" | "suspected" }
  | { readonly to: "explained"; readonly as: Explanation; readonly reopenBits?: number }
  | { readonly to: "overturned"; readonly reopenBits?: number };

/** By how much the evidence must grow for an explained case to come back, where nothing is said: a thousandfold. */
const MORE_BITS = 10;

/**
 * Moves a case, by a person who says why. Confirming takes that the same person opened it as it is now. Explaining and
 * overturning lift all its decisions at once and call its accounts legitimate; upholding calls its operated accounts
 * positive; reopening takes the labels back. Throws SW_CASE_UNKNOWN, SW_CASE_STATE, SW_CASE_UNREAD, SW_USER_REFUSED.
 */
export function moveCase(
  ledger: Ledger,
  { number, move, by, reason }: { number: number; move: Move; by: string; reason: string },
): Promise<CaseState> {
  return ledger.change(async (change) => {
    const { tx, time, record } = change;
    const actor = await assertMay(change, by, "judge");
    const row = await caseToChange(change, number);
    assertReachable(row, move.to);
    if (move.to === "confirmed") await assertOpened(change, row, by);
    const reopen = "reopenBits" in move ? move.reopenBits : undefined;
    const back = move.to === "explained" || move.to === "overturned";
    const facts = {
      state: move.to,
      updated: time,
      closed: CLOSED_STATES.includes(move.to) ? time : null,
      explained_as: move.to === "explained" ? move.as : null,
      reopen_bits: back ? (reopen ?? row.bits + MORE_BITS) : null,
    };
    await tx.updateTable("cases").set(facts).where("number", "=", number).execute();
    const lifted = back ? await liftCase(change, number) : 0;
    await labelAccounts(change, ledger, { row, to: move.to, by });
    record({
      actor,
      action: move.to === "suspected" ? "case.reopened" : `case.${move.to}`,
      object: `case:c${number}`,
      details: {
        reason,
        from: row.state,
        ...(facts.explained_as === null ? {} : { explained_as: facts.explained_as }),
        ...(back ? { reopen_bits: facts.reopen_bits, lifted } : {}),
      },
    });
    return move.to;
  });
}

/** Notes that somebody opened a case as it is now. Throws SW_CASE_UNKNOWN, SW_USER_REFUSED. */
export async function reviewCase(
  ledger: Ledger,
  { number, by }: { number: number; by: string },
): Promise<void> {
  await ledger.change(async (change) => {
    const { tx, time, record } = change;
    const actor = await assertMay(change, by, "look");
    const { group_sha256 } = await caseToChange(change, number);
    const last = await tx
      .selectFrom("reviews")
      .select((of) => of.fn.max("number").as("n"))
      .where("case_number", "=", number)
      .executeTakeFirst();
    const review = {
      case_number: number,
      number: (last?.n ?? 0) + 1,
      reviewer: by,
      time,
      account: "",
      group_sha256,
      finding: null,
      account_sha256: null,
    };
    await tx.insertInto("reviews").values(review).execute();
    const details = { group_sha256 };
    record({ actor, action: "case.reviewed", object: `case:c${number}`, details });
  });
}

async function assertOpened({ tx }: Change, row: CaseRow, by: string): Promise<void> {
  const seen = await tx
    .selectFrom("reviews")
    .select("number")
    .where("case_number", "=", row.number)
    .where("reviewer", "=", by)
    .where("account", "=", "")
    .where("group_sha256", "=", row.group_sha256)
    .executeTakeFirst();
  if (seen === undefined) throw new StillwatchError("SW_CASE_UNREAD", { id: `c${row.number}`, by });
}

/** A case's accounts as it ended; of those that were found to be something else, no upheld case says that they are positive. */
async function labelAccounts(
  { tx, time }: Change,
  ledger: Ledger,
  { row, to, by: reviewer }: { row: CaseRow; to: CaseState; by: string },
): Promise<void> {
  const { number } = row;
  await tx.deleteFrom("labels").where("case_number", "=", number).execute();
  if (!CLOSED_STATES.includes(to)) return;
  const label = to === "upheld" ? "positive" : "legitimate";
  const { members, findings } = await reviewOf(tx, ledger, number);
  const rows = members
    .filter(
      ({ account, role }) =>
        label === "legitimate" ||
        (role === "operated" && (findings.get(account) ?? "positive") === "positive"),
    )
    .map(({ account }): LabelRow => ({ case_number: number, account, label, time, reviewer }));
  for (const some of pieces(rows)) await tx.insertInto("labels").values(some).execute();
}
