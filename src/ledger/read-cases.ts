import type { Kysely } from "kysely";
import type { Group } from "../core/assessment.ts";
import { StillwatchError } from "../core/errors.ts";
import type { Change, Ledger } from "./open-ledger.ts";
import type {
  AuditRow,
  CaseMemberRow,
  CaseRow,
  CaseState,
  DecisionRow,
  LedgerTables,
  ProposalRow,
  ReviewRow,
} from "./tables.ts";

/** A case in brief. */
export type CaseSummary = Omit<CaseRow, "group_json">;

/** A case and all that belongs to it. */
export interface CaseFile {
  readonly case: CaseSummary;
  /** As it was assessed last; undefined once the case is forgotten. */
  readonly group: Group | undefined;
  readonly members: readonly CaseMemberRow[];
  readonly reviews: readonly ReviewRow[];
  /** Steps that were proposed, or taken alone, in order. */
  readonly proposals: readonly ProposalRow[];
  readonly decisions: readonly DecisionRow[];
  /** What was done to it, in order. */
  readonly history: readonly AuditRow[];
}

const SUMMARY = [
  "number",
  "lineage",
  "state",
  "opened",
  "updated",
  "closed",
  "assessment",
  "accounts",
  "exchanges",
  "bits",
  "group_sha256",
  "explained_as",
  "reopen_bits",
  "held",
  "forgotten",
] as const satisfies readonly (keyof CaseSummary)[];

/** All cases, the newest first; with `states`, those that have come so far. */
export function readCases(
  ledger: Ledger,
  states?: readonly CaseState[],
): Promise<readonly CaseSummary[]> {
  return ledger.read(async (store) => {
    let query = store.selectFrom("cases").select(SUMMARY).orderBy("number", "desc");
    if (states !== undefined) query = query.where("state", "in", states);
    return query.execute();
  });
}

/** One case. Throws SW_CASE_UNKNOWN. */
export function readCase(ledger: Ledger, number: number): Promise<CaseFile> {
  return ledger.read(async (store) => {
    const row = await store
      .selectFrom("cases")
      .select([...SUMMARY, "group_json"])
      .where("number", "=", number)
      .executeTakeFirst();
    if (row === undefined) throw unknown(number);
    const { group_json, ...summary } = row;
    const members = await caseMembers(store, number)
      .orderBy("exchanges", "desc")
      .orderBy("account")
      .execute();
    const reviews = await store
      .selectFrom("reviews")
      .selectAll()
      .where("case_number", "=", number)
      .orderBy("number")
      .execute();
    const proposals = await store
      .selectFrom("proposals")
      .selectAll()
      .where("case_number", "=", number)
      .orderBy("number")
      .execute();
    const decisions = await store
      .selectFrom("decisions")
      .selectAll()
      .where("case_number", "=", number)
      .orderBy("number")
      .orderBy("account")
      .execute();
    const history = await store
      .selectFrom("audit")
      .selectAll()
      .where("object", "=", `case:c${number}`)
      .orderBy("sequence")
      .execute();
    return {
      case: summary,
      group: group_json === "" ? undefined : (JSON.parse(group_json) as Group),
      members,
      reviews,
      proposals,
      decisions,
      history,
    };
  });
}

/** The row of a case that is to be changed. Throws SW_CASE_UNKNOWN. */
export function caseToChange({ tx }: Change, number: number): Promise<CaseRow> {
  return caseRow(tx, number);
}

/** The row of a case. Throws SW_CASE_UNKNOWN. */
export async function caseRow(store: Kysely<LedgerTables>, number: number): Promise<CaseRow> {
  const row = await store
    .selectFrom("cases")
    .selectAll()
    .where("number", "=", number)
    .executeTakeFirst();
  if (row === undefined) throw unknown(number);
  return row;
}

/** The members that a case ever had, to be narrowed and put in order. */
export function caseMembers(store: Kysely<LedgerTables>, number: number) {
  return store.selectFrom("case_members").selectAll().where("case_number", "=", number);
}

function unknown(number: number): StillwatchError {
  return new StillwatchError("SW_CASE_UNKNOWN", { id: `c${number}` });
}
