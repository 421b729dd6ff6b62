import { hash } from "node:crypto";
import type { Kysely } from "kysely";
import { canonicalJson } from "../canonical-json.ts";
import type { CaseMemberRow, LedgerTables } from "../tables.ts";

/**
 * What the evidence on each member of a case is now, as a hash: its role, what the provider says of it, and what was
 * preserved of it. How much it sent is left out: it grows by the hour and would undo every look at it.
 */
export async function digestsOf(
  store: Kysely<LedgerTables>,
  members: readonly CaseMemberRow[],
): Promise<ReadonlyMap<string, string>> {
  const number = members[0]?.case_number;
  if (number === undefined) return new Map();
  const preserved = await store
    .selectFrom("evidence")
    .select(["account", "sha256"])
    .where("case_number", "=", number)
    .orderBy("number")
    .execute();
  const evidence = Map.groupBy(preserved, ({ account }) => account);
  return new Map(
    members.map((member) => {
      const { account, role, organization, program, agreement } = member;
      const sealed = (evidence.get(account) ?? []).map(({ sha256 }) => sha256);
      const facts = [account, role, member.protected, organization, program, agreement, sealed];
      return [account, hash("sha256", canonicalJson(facts))];
    }),
  );
}
