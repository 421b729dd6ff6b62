import type { Ledger } from "../ledger/open-ledger.ts";
import { pieces } from "../ledger/pieces.ts";
import {
  type AccountStanding,
  casesToMeasure,
  measureCase,
} from "../ledger/review/measure-case.ts";
import type { RowOf } from "../warehouse/statement.ts";
import { accountStanding, weekTotals } from "../warehouse/statements.gen.ts";
import type { Warehouse } from "../warehouse/open-warehouse.ts";

/** Brings what reviews are planned by up to date: of members of open cases that were not measured yet, or not for a day. Answers how many cases. */
export async function measureCases(ledger: Ledger, warehouse: Warehouse): Promise<number> {
  const due = await casesToMeasure(ledger);
  if (due.size === 0) return 0;
  const [totals] = await warehouse.rows(weekTotals, {});
  const until = `${(totals?.until ?? "1970-01-01 00:00:00.000").replace(" ", "T")}Z`;
  const week = {
    until,
    accounts: Number(totals?.accounts ?? 0),
    exchanges: Number(totals?.exchanges ?? 0),
    tokens: Number(totals?.tokens ?? 0),
    billed: totals?.billed ?? 0,
  };
  for (const [number, accounts] of due) {
    const standings: AccountStanding[] = [];
    for (const some of pieces(accounts)) {
      const rows = await warehouse.rows(accountStanding, {
        accounts: some,
        until: new Date(until),
      });
      standings.push(...rows.map(standingOf));
    }
    await measureCase(ledger, number, { standings, week });
  }
  return due.size;
}

function standingOf(row: RowOf<typeof accountStanding>): AccountStanding {
  const { account, organization, program, agreement, since } = row;
  return {
    account,
    protected: row.protected,
    organization,
    program,
    agreement,
    since: since === 0 ? null : new Date(since * 1000).toISOString(),
    weekExchanges: Number(row.exchanges),
    weekTokens: Number(row.tokens),
    weekBilled: row.billed,
  };
}
