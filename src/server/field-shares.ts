import type { FieldShare, WatchedField } from "../response/lost-fields.ts";
import type { Warehouse } from "../warehouse/open-warehouse.ts";
import { fieldShares } from "../warehouse/statements.gen.ts";

/** So many exchanges tell a share to a tenth of a per cent, and cost next to nothing to read. */
const MOST_EXCHANGES = 100_000;

/** How much of the traffic of a window carries each watched field, by its latest exchanges. Times in seconds since 1970; `to` is outside. */
export async function readFieldShares(
  warehouse: Warehouse,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<readonly FieldShare[]> {
  const rows = await warehouse.rows(fieldShares, { from, to, most: MOST_EXCHANGES });
  return rows.map(({ platform, field, exchanges, accounts, with_field, accounts_with_field }) => ({
    platform,
    field: field as WatchedField,
    exchanges,
    accounts,
    share: with_field / exchanges,
    accountShare: accounts_with_field / accounts,
  }));
}
