import type { Agreement } from "../core/agreement.ts";
import type { AgreementUse } from "../ledger/agreement-use.ts";
import type { Warehouse } from "../warehouse/open-warehouse.ts";
import { latestTime, partiesSeen, partiesUse } from "../warehouse/statements.gen.ts";

const LAST_SECOND = 4_294_967_295;

/** What the parties of agreements used, of all traffic that is kept. */
export async function measureAgreements(
  warehouse: Warehouse,
  agreements: readonly Agreement[],
): Promise<readonly AgreementUse[]> {
  const [seen] = await warehouse.rows(latestTime, {});
  if (seen === undefined || seen.latest === 0) return [];
  const until_time = new Date(seen.latest * 1000).toISOString();
  const uses: AgreementUse[] = [];
  for (const { id, organizations, accounts, models, from, until } of agreements) {
    const [whom] = await warehouse.rows(partiesSeen, { id, organizations, accounts });
    const term = { from: secondsOf(from), until: secondsOf(until) };
    const days = await warehouse.rows(partiesUse, { organizations, accounts, models, ...term });
    const { parties = "0", unnamed = "0", first_day: firstDay = "" } = whom ?? {};
    const row = { agreement: id, until_time, parties: Number(parties), unnamed: Number(unnamed) };
    uses.push({
      row,
      firstDay,
      days: days.map(({ date, ...counts }) => ({
        agreement: id,
        day: date,
        exchanges: Number(counts.exchanges),
        output_tokens: Number(counts.output_tokens),
        outside_term: Number(counts.outside_term),
        outside_models: Number(counts.outside_models),
      })),
    });
  }
  return uses;
}

function secondsOf(time: string): number {
  return Math.min(LAST_SECOND, Math.ceil(Date.parse(time) / 1000));
}
