import { randomBytes } from "node:crypto";
import type { Warehouse } from "../warehouse/open-warehouse.ts";
import { keysOfAccounts } from "../warehouse/statements.gen.ts";
import { type InstallationSecret, wrappingKeysOf } from "./installation-secret.ts";
import { seal, unseal } from "../core/sealed-box.ts";

/** Keys of texts by account and the day on which they are deleted; see `placeOf`. 32 bytes each. */
export type TextKeys = ReadonlyMap<string, Buffer>;

const KEY_BYTES = 32;

/** What texts of an account and a day are sealed for, and what their key goes by. */
export function placeOf(account: string, until: string): string {
  return `${until}\0${account}`;
}

/** The keys of these accounts' texts, of every day of deletion; those that can't be unwrapped are left out. */
export async function readTextKeys(
  warehouse: Warehouse,
  secret: InstallationSecret,
  accounts: readonly string[],
): Promise<Map<string, Buffer>> {
  const wrapping = new Map(wrappingKeysOf(secret).map(({ id, key }) => [id, key]));
  const keys = new Map<string, Buffer>();
  for (const row of await warehouse.rows(keysOfAccounts, { accounts })) {
    const place = placeOf(row.account, row.until);
    const opener = wrapping.get(row.wrapping);
    const key = opener && unseal(row.wrapped, opener, place);
    if (key !== undefined) keys.set(place, key);
  }
  return keys;
}

/** The keys to seal texts of these accounts with that are deleted on a day; those that are missing are made and kept. One caller at a time. */
export async function textKeysUntil(
  warehouse: Warehouse,
  secret: InstallationSecret,
  { accounts, until }: { readonly accounts: readonly string[]; readonly until: string },
  random: (bytes: number) => Buffer = randomBytes,
): Promise<TextKeys> {
  const keys = await readTextKeys(warehouse, secret, accounts);
  const rows: object[] = [];
  for (const account of accounts) {
    const place = placeOf(account, until);
    if (keys.has(place)) continue;
    const key = random(KEY_BYTES);
    keys.set(place, key);
    rows.push({ until, account, ...wrapped(key, place, secret) });
  }
  await warehouse.insert("text_keys", rows);
  return keys;
}

/** A key of texts wrapped by the newest of the installation's wrapping keys, as columns of `text_keys`. */
export function wrapped(
  key: Buffer,
  place: string,
  secret: InstallationSecret,
): { readonly wrapping: string; readonly wrapped: string } {
  const { id, key: opener } = wrappingKeysOf(secret).at(-1)!;
  return { wrapping: id, wrapped: seal(key, opener, place) };
}
