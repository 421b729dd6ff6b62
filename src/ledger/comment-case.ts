import type { Ledger } from "./open-ledger.ts";
import { caseToChange } from "./read-cases.ts";
import { assertMay } from "./users.ts";

/** Writes what somebody says of a case into its history. Throws SW_CASE_UNKNOWN, SW_USER_REFUSED. */
export async function commentCase(
  ledger: Ledger,
  { number, by, text }: { number: number; by: string; text: string },
): Promise<void> {
  await ledger.change(async (change) => {
    const actor = await assertMay(change, by, "comment");
    await caseToChange(change, number);
    change.record({ actor, action: "case.comment", object: `case:c${number}`, details: { text } });
  });
}
