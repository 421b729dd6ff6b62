import type { Transaction } from "kysely";
import type { Ledger } from "./open-ledger.ts";
import { pieces } from "./pieces.ts";
import type { AccountKeyRow, LedgerTables } from "./tables.ts";

/** A key and whose it is: who is said to have it, else who used it. */
export interface KeyUsers {
  /** Keyed hash of its id, decimal. */
  readonly key: string;
  readonly accounts: readonly string[];
}

/** In place of accounts that are too many to be listed, or forgotten: no step is ever on it, so such a key gets none. */
const SOMEBODY = "";
/** Accounts listed of a key. */
const MOST_USERS = 16;

/** The accounts that steps hold for. */
export async function accountsWithSteps(ledger: Ledger): Promise<readonly string[]> {
  const now = ledger.now().toISOString();
  const rows = await ledger.read((store) =>
    store
      .selectFrom("decisions")
      .select("account")
      .distinct()
      .where("lifted", "is", null)
      .where("expires", ">", now)
      .orderBy("account")
      .execute(),
  );
  return rows.map(({ account }) => account);
}

/** The keys that are known to be these accounts'. */
export async function knownKeys(
  ledger: Ledger,
  accounts: readonly string[],
): Promise<readonly string[]> {
  const keys = new Set<string>();
  for (const some of pieces(accounts)) {
    const rows = await ledger.read((store) =>
      store.selectFrom("account_keys").select("key").where("account", "in", some).execute(),
    );
    for (const { key } of rows) keys.add(key);
  }
  return [...keys];
}

/**
 * Adds users of keys to those that are known, who stay: traffic is forgotten while a step holds. A key that isn't known yet
 * must be one of `stepped`, accounts with steps: no other's needs to be. Answers how many users were added.
 */
export async function keepKeyUsers(
  ledger: Ledger,
  users: readonly KeyUsers[],
  stepped: readonly string[],
): Promise<number> {
  if (users.length === 0) return 0;
  return ledger.change(async ({ tx, record }) => {
    let added = 0;
    const wanted = new Set(stepped);
    const changed = await nextNumber(tx);
    for (const some of pieces(users)) {
      const keys = some.map(({ key }) => key);
      const known = await tx
        .selectFrom("account_keys")
        .selectAll()
        .where("key", "in", keys)
        .execute();
      const before = Map.groupBy(known, ({ key }) => key);
      const rows = some.flatMap(({ key, accounts: all }) => {
        const there = before.get(key)?.map(({ account }) => account) ?? [];
        const accounts = all.length > MOST_USERS ? [SOMEBODY] : all;
        const matters = there.length > 0 || accounts.some((account) => wanted.has(account));
        const others = accounts.filter((account) => !there.includes(account));
        return matters ? others.map((account) => ({ key, account })) : [];
      });
      for (const piece of pieces(rows)) {
        const values = piece.map((row): AccountKeyRow => ({ ...row, changed }));
        await tx.insertInto("account_keys").values(values).execute();
      }
      added += rows.length;
    }
    // Readers go by the audit's number: without a row of it they would not look.
    if (added > 0)
      record({
        actor: "system:judge",
        action: "keys.learned",
        object: "decisions",
        details: { added },
      });
    return added;
  });
}

/** Takes an account's name off the keys that it used, which from then on are somebody else's too. */
export async function forgetKeysOf(
  tx: Transaction<LedgerTables>,
  accounts: readonly string[],
): Promise<void> {
  const gone = await tx
    .deleteFrom("account_keys")
    .where("account", "in", accounts)
    .returning("key")
    .execute();
  const changed = await nextNumber(tx);
  const keys = [...new Set(gone.map(({ key }) => key))];
  for (const some of pieces(keys)) {
    await tx
      .insertInto("account_keys")
      .values(some.map((key) => ({ key, account: SOMEBODY, changed })))
      .onConflict((conflict) => conflict.columns(["key", "account"]).doNothing())
      .execute();
  }
}

/** Forgets keys of which no user was ever decided about, as far as cases are remembered. */
export async function forgetIdleKeys(tx: Transaction<LedgerTables>): Promise<void> {
  await tx
    .deleteFrom("account_keys")
    .where("key", "not in", (of) =>
      of
        .selectFrom("account_keys as used")
        .innerJoin("decisions", "decisions.account", "used.account")
        .select("used.key"),
    )
    .execute();
}

/** The number of the first row of the audit that this change will write: changes are made one after the other. */
async function nextNumber(tx: Transaction<LedgerTables>): Promise<number> {
  const last = await tx
    .selectFrom("audit")
    .select((of) => of.fn.max("sequence").as("sequence"))
    .executeTakeFirst();
  return (last?.sequence ?? 0) + 1;
}
