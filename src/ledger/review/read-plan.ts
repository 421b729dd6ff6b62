import { createHmac } from "node:crypto";
import type { Kysely } from "kysely";
import { type Ledger } from "../open-ledger.ts";
import { caseMembers, caseRow } from "../read-cases.ts";
import type { CaseMemberRow, CaseRow, Finding, LedgerTables, ReviewRow } from "../tables.ts";
import { digestsOf } from "./account-digest.ts";
import { policyInForce, type ReviewPolicy } from "./review-policy.ts";
import { type ReviewPlan, reviewPlan } from "./review-plan.ts";

/** A case under review. */
export interface CaseReview {
  readonly case: CaseRow;
  /** Members now. */
  readonly members: readonly CaseMemberRow[];
  /** By account, as it is now. */
  readonly findings: ReadonlyMap<string, Finding>;
  readonly plan: ReviewPlan;
  readonly policy: ReviewPolicy;
  readonly policyVersion: number;
}

/** How far the review of a case is, and what it still takes. Throws SW_CASE_UNKNOWN. */
export function readReview(ledger: Ledger, number: number): Promise<CaseReview> {
  return ledger.read((store) => reviewOf(store, ledger, number));
}

/** The same within a change. Throws SW_CASE_UNKNOWN. */
export async function reviewOf(
  store: Kysely<LedgerTables>,
  ledger: Ledger,
  number: number,
): Promise<CaseReview> {
  const row = await caseRow(store, number);
  const { version: policyVersion, policy } = await policyInForce(store);
  const current = caseMembers(store, number).where("left_at", "is", null);
  const members = await current.orderBy("account").execute();
  const reviews = await store
    .selectFrom("reviews")
    .selectAll()
    .where("case_number", "=", number)
    .where("finding", "is not", null)
    .orderBy("number")
    .execute();
  const looked = new Set(reviews.map(({ account }) => account));
  const digests = await digestsOf(
    store,
    members.filter(({ account }) => looked.has(account)),
  );
  const findings = findingsOf(reviews.filter(isCurrent(digests)));
  const rankOf = (account: string): string =>
    createHmac("sha256", ledger.keys.wrapping)
      .update(`review sample\0${number}\0${account}`)
      .digest("hex");
  const plan = reviewPlan({
    members,
    findings,
    policy: policy.review,
    rankOf,
    now: ledger.now(),
  });
  return { case: row, members, findings, plan, policy, policyVersion };
}

/** Whether a look was at the account as it is now. */
export function isCurrent(digests: ReadonlyMap<string, string>): (review: ReviewRow) => boolean {
  return ({ account, account_sha256 }) =>
    account_sha256 !== null && account_sha256 === digests.get(account);
}

/** What each person found last counts; where they differ, the finding in the account's favour. */
function findingsOf(reviews: readonly ReviewRow[]): ReadonlyMap<string, Finding> {
  const last = new Map(reviews.map((row) => [`${row.account}\0${row.reviewer}`, row]));
  const found = Map.groupBy(last.values(), ({ account }) => account);
  const inFavour = (rows: readonly ReviewRow[]): Finding => {
    const all = rows.map(({ finding }) => finding);
    return all.includes("legitimate")
      ? "legitimate"
      : all.includes("unclear")
        ? "unclear"
        : "positive";
  };
  return new Map([...found].map(([account, rows]) => [account, inFavour(rows)]));
}
