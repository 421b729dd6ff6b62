import { StillwatchError } from "../core/errors.ts";
import type { Change, Ledger } from "./open-ledger.ts";
import type { TokenRow } from "./caller-tables.ts";
import { assertMay, type Right } from "./users.ts";

/**
 * Adds a token that was made; `by` is an admin, absent where somebody did it who has the folder. One that acts on directives
 * is no admin's to make, who could direct by it. Throws SW_USER_REFUSED.
 */
export async function addToken(ledger: Ledger, row: TokenRow, by?: string): Promise<void> {
  await ledger.change(async (change) => {
    const { id, name } = row;
    const scopes = JSON.parse(row.scopes) as string[];
    const directs = scopes.some((scope) => scope.startsWith("directives:"));
    const actor = await actorOf(change, by, directs ? "direct" : "administer");
    await change.tx.insertInto("tokens").values(row).execute();
    const details = { name, scopes };
    change.record({ actor, action: "token.made", object: `token:${id}`, details });
  });
}

/** Makes a token admit nobody any more; one that is revoked stays so. Throws SW_TOKEN_UNKNOWN, SW_USER_REFUSED. */
export function revokeTokenRow(ledger: Ledger, id: string, by?: string): Promise<TokenRow> {
  return ledger.change(async (change) => {
    const { tx, time, record } = change;
    const actor = await actorOf(change, by);
    const row = await tx.selectFrom("tokens").selectAll().where("id", "=", id).executeTakeFirst();
    if (row === undefined) throw new StillwatchError("SW_TOKEN_UNKNOWN", { id });
    if (row.revoked !== null) return row;
    await tx.updateTable("tokens").set({ revoked: time }).where("id", "=", id).execute();
    const details = { name: row.name };
    record({ actor, action: "token.revoked", object: `token:${id}`, details });
    return { ...row, revoked: time };
  });
}

/** Takes over tokens that were kept elsewhere; those that are here already stay as they are. */
export async function importTokenRows(ledger: Ledger, rows: readonly TokenRow[]): Promise<void> {
  await ledger.change(async ({ tx, record }) => {
    for (const row of rows) {
      const added = await tx
        .insertInto("tokens")
        .values(row)
        .onConflict((conflict) => conflict.column("id").doNothing())
        .returning("id")
        .executeTakeFirst();
      if (added === undefined) continue;
      const details = { name: row.name };
      const object = `token:${row.id}`;
      record({ actor: "system:ledger", action: "token.imported", object, details });
    }
  });
}

/** All tokens that were made, oldest first. */
export function readTokenRows(ledger: Ledger): Promise<readonly TokenRow[]> {
  return ledger.read((store) =>
    store.selectFrom("tokens").selectAll().orderBy("created").orderBy("id").execute(),
  );
}

async function actorOf(
  change: Change,
  by: string | undefined,
  right: Right = "administer",
): Promise<string> {
  return by === undefined ? "system:folder" : assertMay(change, by, right);
}
