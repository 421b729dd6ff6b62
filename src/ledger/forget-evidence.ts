import { StillwatchError } from "../core/errors.ts";
import { forgetIdleKeys, forgetKeysOf } from "./account-keys.ts";
import type { Change, Ledger } from "./open-ledger.ts";
import { pieces } from "./pieces.ts";
import { caseToChange } from "./read-cases.ts";
import { UNMEASURED } from "./review/unmeasured.ts";
import { assertMay } from "./users.ts";

/** Sets or ends a legal hold: what a held case preserved can't be erased, whoever asks and however old it is. Throws SW_CASE_UNKNOWN, SW_USER_REFUSED. */
export async function holdCase(
  ledger: Ledger,
  hold: { number: number; held: boolean; by: string; reason: string },
): Promise<void> {
  const { number, held, by, reason } = hold;
  await ledger.change(async (change) => {
    const { tx, time, record } = change;
    const actor = await assertMay(change, by, "hold");
    await caseToChange(change, number);
    const until = { held: held ? time : null };
    await tx.updateTable("cases").set(until).where("number", "=", number).execute();
    const action = held ? "case.held" : "case.released";
    record({ actor, action, object: `case:c${number}`, details: { reason } });
  });
}

/** Checks that no held case is about an account, as its data are to be erased. Throws SW_ACCOUNT_HELD. */
export async function assertNotHeld(ledger: Ledger, accounts: readonly string[]): Promise<void> {
  for (const some of pieces(accounts)) {
    const row = await ledger.read((store) =>
      store
        .selectFrom("case_members")
        .innerJoin("cases", "cases.number", "case_members.case_number")
        .select(["case_members.account", "cases.number"])
        .where("case_members.account", "in", some)
        .where("cases.held", "is not", null)
        .executeTakeFirst(),
    );
    if (row !== undefined) {
      const { account, number } = row;
      throw new StillwatchError("SW_ACCOUNT_HELD", { account, id: `c${number}` });
    }
  }
}

/**
 * Erases what cases preserved of accounts: the keys are destroyed, the ciphertext, what the provider said of them and which keys they used removed. Names, hashes and the audit
 * stay: decisions were made about them. Answers how many exchanges it was. Throws SW_ACCOUNT_HELD.
 */
export async function eraseEvidenceOf(
  ledger: Ledger,
  accounts: readonly string[],
): Promise<number> {
  await assertNotHeld(ledger, accounts);
  return ledger.change(async (change) => {
    let erased = 0;
    for (const some of pieces(accounts)) {
      const keys = await change.tx
        .selectFrom("evidence_keys")
        .innerJoin("cases", "cases.number", "evidence_keys.case_number")
        .select(["case_number", "account"])
        .where("account", "in", some)
        .where("cases.held", "is", null)
        .execute();
      for (const [number, mine] of Map.groupBy(keys, (key) => key.case_number)) {
        erased += await erase(
          change,
          number,
          mine.map(({ account }) => account),
        );
      }
      await change.tx
        .updateTable("case_members")
        .set(UNMEASURED)
        .where("account", "in", some)
        .execute();
      await forgetKeysOf(change.tx, some);
    }
    return erased;
  });
}

async function erase(change: Change, number: number, accounts: readonly string[]): Promise<number> {
  const { tx, record } = change;
  await tx
    .deleteFrom("evidence_keys")
    .where("case_number", "=", number)
    .where("account", "in", accounts)
    .execute();
  const rows = await tx
    .updateTable("evidence")
    .set({ sealed: null })
    .where("case_number", "=", number)
    .where("account", "in", accounts)
    .returning("number")
    .execute();
  const details = { accounts, exchanges: rows.length };
  record({ actor: "system:ledger", action: "evidence.erased", object: `case:c${number}`, details });
  return rows.length;
}

/** How long a case is kept once it is closed. */
const KEPT_MS = 2 * 365.25 * 86_400_000;

/**
 * Forgets cases that were closed two years ago and aren't held: the group, its accounts, what was preserved, looked at,
 * decided and labelled. The case's number and state stay, and the audit. Answers their numbers.
 */
export function forgetClosedCases(ledger: Ledger): Promise<readonly number[]> {
  const before = new Date(ledger.now().getTime() - KEPT_MS).toISOString();
  return ledger.change(async ({ tx, time, record }) => {
    const old = await tx
      .updateTable("cases")
      .set({ forgotten: time, group_json: "" })
      .where("closed", "<", before)
      .where("held", "is", null)
      .where("forgotten", "is", null)
      .returning("number")
      .execute();
    const numbers = old.map(({ number }) => number).toSorted((a, b) => a - b);
    for (const number of numbers) {
      await tx.deleteFrom("evidence_keys").where("case_number", "=", number).execute();
      await tx.deleteFrom("evidence").where("case_number", "=", number).execute();
      await tx.deleteFrom("reviews").where("case_number", "=", number).execute();
      await tx.deleteFrom("proposals").where("case_number", "=", number).execute();
      await tx.deleteFrom("decisions").where("case_number", "=", number).execute();
      await tx.deleteFrom("labels").where("case_number", "=", number).execute();
      await tx.deleteFrom("case_members").where("case_number", "=", number).execute();
      record({ actor: "system:ledger", action: "case.forgotten", object: `case:c${number}` });
    }
    if (numbers.length > 0) await forgetIdleKeys(tx);
    return numbers;
  });
}
