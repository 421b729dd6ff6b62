import type { Ledger } from "../../src/ledger/open-ledger.ts";
import { type AccountStanding, measureCase } from "../../src/ledger/review/measure-case.ts";
import { noteFinding, openAccounts } from "../../src/ledger/review/open-account.ts";
import { readCase } from "../../src/ledger/read-cases.ts";
import type { Finding } from "../../src/ledger/tables.ts";

/** A week of which no sample group is more than a sliver. */
const WEEK = {
  until: "2026-11-20T00:00:00.000Z",
  accounts: 1_000_000,
  exchanges: 100_000_000,
  tokens: 100_000_000_000,
  billed: 1_000_000,
};

/** Measures a case's members: nothing speaks for any, but for what `changes` says by account. */
export async function measured(
  ledger: Ledger,
  number: number,
  changes: Readonly<Record<string, Partial<AccountStanding>>> = {},
  week: Partial<typeof WEEK> = {},
): Promise<void> {
  const { members } = await readCase(ledger, number);
  const standings = members.map(({ account }): AccountStanding => ({
    account,
    protected: false,
    since: null,
    organization: "",
    program: "",
    agreement: "",
    weekExchanges: 70,
    weekTokens: 7000,
    weekBilled: 7,
    ...changes[account],
  }));
  await measureCase(ledger, number, { standings, week: { ...WEEK, ...week } });
}

/** Measures a case, and finds the accounts given, or all of it, positive. */
export async function reviewed(
  ledger: Ledger,
  number: number,
  accounts?: readonly string[],
  by = "ana",
): Promise<void> {
  const { members } = await readCase(ledger, number);
  if (members.some((member) => member.measured === null)) await measured(ledger, number);
  await findThem(ledger, number, accounts ?? members.map(({ account }) => account), "positive", by);
}

/** Opens accounts and finds them to be something. */
export async function findThem(
  ledger: Ledger,
  number: number,
  accounts: readonly string[],
  finding: Finding,
  by = "ana",
): Promise<void> {
  for (const account of accounts) await openAccounts(ledger, { number, accounts: [account], by });
  await noteFinding(ledger, { number, accounts, finding, by });
}
