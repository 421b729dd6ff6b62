import type { Warehouse } from "../../warehouse/open-warehouse.ts";
import { baselineAccountNames } from "../../warehouse/statements.gen.ts";

/** A look-up of accounts' names by their hash, as a decimal string or a number. */
export async function accountNames(
  warehouse: Warehouse,
): Promise<(hash: string | bigint) => string> {
  const rows = await warehouse.rows(baselineAccountNames, {});
  const names = new Map(rows.map((row) => [row.account_hash, row.account]));
  return (hash) => {
    const name = names.get(String(hash));
    if (name === undefined) throw new Error(`No exchange has an account of hash ${hash}`);
    return name;
  };
}
