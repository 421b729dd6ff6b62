import type { InstallationSecret } from "../ingest/installation-secret.ts";
import {
  accountsWithSteps,
  keepKeyUsers,
  type KeyUsers,
  knownKeys,
} from "../ledger/account-keys.ts";
import type { Ledger } from "../ledger/open-ledger.ts";
import { pieces } from "../ledger/pieces.ts";
import type { Warehouse } from "../warehouse/open-warehouse.ts";
import { usersOfKeys } from "../warehouse/statements.gen.ts";

/**
 * Tells the ledger which keys the accounts with steps have or used, and who else: of all such accounts, or of some that
 * have steps now. Only keys that the current secret made a hash of can be asked for. Answers how many users were new.
 */
export async function learnKeys(
  ledger: Ledger,
  from: { readonly warehouse: Warehouse; readonly secret: InstallationSecret },
  some?: readonly string[],
): Promise<number> {
  const found = new Map<string, KeyUsers>();
  const look = async (whom: {
    readonly accounts: readonly string[];
    readonly keys: readonly string[];
  }): Promise<void> => {
    const rows = await from.warehouse.rows(usersOfKeys, { ...whom, secret: from.secret.id });
    for (const row of rows) found.set(row.key, row);
  };
  const stepped = some ?? (await accountsWithSteps(ledger));
  for (const accounts of pieces(stepped)) await look({ accounts, keys: [] });
  // Keys that an account used so long ago that its traffic is gone: somebody else may use them now.
  const others = (await knownKeys(ledger, stepped)).filter((key) => !found.has(key));
  for (const keys of pieces(others)) await look({ accounts: [], keys });
  return keepKeyUsers(ledger, [...found.values()], stepped);
}
