import type { Group } from "../../core/assessment.ts";
import { StillwatchError } from "../../core/errors.ts";
import type { Change, Ledger } from "../open-ledger.ts";
import type { EvidenceEntry } from "../preserve-evidence.ts";
import { readEvidenceIn } from "../preserve-evidence.ts";
import { caseMembers, caseToChange } from "../read-cases.ts";
import type { CaseMemberRow, Finding, ReviewRow } from "../tables.ts";
import { assertMay } from "../users.ts";
import { digestsOf } from "./account-digest.ts";

/** The evidence on one account of a case. */
export interface AccountEvidence {
  readonly member: CaseMemberRow;
  /** Sentences of the group's evidence; `cites` are those of the account's own exchanges that show it. */
  readonly evidence: readonly {
    readonly signal: string;
    readonly sentence: string;
    readonly cites: readonly string[];
  }[];
  readonly preserved: readonly EvidenceEntry[];
  /** What was found so far, in order; `current` where the account is still as it was then. */
  readonly findings: readonly {
    readonly reviewer: string;
    readonly time: string;
    readonly finding: Finding;
    readonly current: boolean;
  }[];
}

/** Accounts that can be opened at once: more would be looked at by nobody. */
export const MOST_OPENED_AT_ONCE = 10;
const MOST_FOUND_AT_ONCE = 1000;

/**
 * The evidence on accounts of a case, for a person; that they were opened, as they are now, is recorded.
 * Throws SW_CASE_UNKNOWN, SW_NAME_UNKNOWN, SW_STEP_INVALID (too many at once), SW_USER_REFUSED.
 */
export function openAccounts(
  ledger: Ledger,
  { number, accounts, by }: { number: number; accounts: readonly string[]; by: string },
): Promise<readonly AccountEvidence[]> {
  return ledger.change(async (change) => {
    const actor = await assertMay(change, by, "look");
    if (accounts.length > MOST_OPENED_AT_ONCE) {
      const reason = `${accounts.length} accounts can't be looked at at once; open ${MOST_OPENED_AT_ONCE} at most`;
      throw new StillwatchError("SW_STEP_INVALID", { reason });
    }
    const looked = await lookAt(change, { number, accounts, by, finding: null });
    for (const { account, account_sha256 } of looked.reviews) {
      const details = { account, account_sha256 };
      change.record({ actor, action: "account.opened", object: `case:c${number}`, details });
    }
    const evidence = await readEvidenceIn(change.tx, number);
    const before = await change.tx
      .selectFrom("reviews")
      .selectAll()
      .where("case_number", "=", number)
      .where("account", "in", accounts)
      .where("finding", "is not", null)
      .orderBy("number")
      .execute();
    return looked.reviews.map(({ account, account_sha256 }) => ({
      member: looked.members.get(account)!,
      evidence: cited(looked.group, account, evidence),
      preserved: evidence.filter((one) => one.account === account),
      findings: before
        .filter((row) => row.account === account)
        .map(({ reviewer, time, finding, account_sha256: then }) => ({
          reviewer,
          time,
          finding: finding!,
          current: then === account_sha256,
        })),
    }));
  });
}

/**
 * Notes what a person found accounts to be, having opened each of them as it is now.
 * Throws SW_CASE_UNKNOWN, SW_NAME_UNKNOWN, SW_ACCOUNT_UNREAD, SW_USER_REFUSED.
 */
export async function noteFinding(
  ledger: Ledger,
  found: {
    number: number;
    accounts: readonly string[];
    finding: Finding;
    by: string;
    reason?: string;
  },
): Promise<void> {
  const { number, accounts, finding, by, reason } = found;
  await ledger.change(async (change) => {
    const actor = await assertMay(change, by, "review");
    const { reviews } = await lookAt(change, { number, accounts, by, finding });
    for (const { account, account_sha256 } of reviews) {
      const opened = await change.tx
        .selectFrom("reviews")
        .select("number")
        .where("case_number", "=", number)
        .where("reviewer", "=", by)
        .where("account", "=", account)
        .where("account_sha256", "=", account_sha256)
        .where("finding", "is", null)
        .executeTakeFirst();
      if (opened === undefined)
        throw new StillwatchError("SW_ACCOUNT_UNREAD", { id: `c${number}`, account, by });
      const details = { account, account_sha256, finding, ...(reason && { reason }) };
      change.record({ actor, action: "account.found", object: `case:c${number}`, details });
    }
  });
}

/** Writes down that accounts were opened, or found to be something. */
async function lookAt(
  change: Change,
  look: { number: number; accounts: readonly string[]; by: string; finding: Finding | null },
): Promise<{
  readonly reviews: readonly ReviewRow[];
  readonly members: ReadonlyMap<string, CaseMemberRow>;
  readonly group: Group | undefined;
}> {
  const { tx, time } = change;
  const { number, by, finding } = look;
  if (look.accounts.length === 0 || look.accounts.length > MOST_FOUND_AT_ONCE) {
    const reason = `name 1 to ${MOST_FOUND_AT_ONCE} accounts`;
    throw new StillwatchError("SW_STEP_INVALID", { reason });
  }
  const row = await caseToChange(change, number);
  const members = await caseMembers(tx, number).where("account", "in", look.accounts).execute();
  const digests = await digestsOf(tx, members);
  const last = await tx
    .selectFrom("reviews")
    .select((of) => of.fn.max("number").as("n"))
    .where("case_number", "=", number)
    .executeTakeFirst();
  const reviews = [...new Set(look.accounts)].map((account, i): ReviewRow => {
    const digest = digests.get(account);
    if (digest === undefined) {
      const where = `in case c${number}`;
      throw new StillwatchError("SW_NAME_UNKNOWN", { name: account, where, near: "" });
    }
    return {
      case_number: number,
      number: (last?.n ?? 0) + 1 + i,
      reviewer: by,
      time,
      account,
      group_sha256: row.group_sha256,
      finding,
      account_sha256: digest,
    };
  });
  if (reviews.length > 0) await tx.insertInto("reviews").values(reviews).execute();
  return {
    reviews,
    members: new Map(members.map((member) => [member.account, member])),
    group: row.group_json === "" ? undefined : (JSON.parse(row.group_json) as Group),
  };
}

function cited(
  group: Group | undefined,
  account: string,
  evidence: readonly EvidenceEntry[],
): AccountEvidence["evidence"] {
  const own = new Set(evidence.flatMap((one) => (one.account === account ? [one.exchange] : [])));
  return (group?.evidence ?? []).map(({ signal, sentence, examples }) => ({
    signal,
    sentence,
    cites: examples.filter((exchange) => own.has(exchange)),
  }));
}
