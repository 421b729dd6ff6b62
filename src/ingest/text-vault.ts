import { createHash, randomBytes } from "node:crypto";
import { zstdCompressSync, zstdDecompressSync } from "node:zlib";
import type { Warehouse } from "../warehouse/open-warehouse.ts";
import { textsHolding, textsToSeal } from "../warehouse/statements.gen.ts";
import type { InstallationSecret } from "./installation-secret.ts";
import { seal, unseal } from "../core/sealed-box.ts";
import { placeOf, readTextKeys, textKeysUntil } from "./text-keys.ts";

/** What was asked and answered in an exchange whose text was kept. */
export interface KeptText {
  readonly id: string;
  readonly prompt: string;
  readonly answer: string;
}

/** Rows that are sealed at once: some ten megabytes of memory. */
const PAGE_ROWS = 2_000;

/**
 * Keeps the texts of the landed rows whose accounts' contracts allow it, until a day (`YYYY-MM-DD`): what one account sent
 * is compressed and sealed together. Repeating it changes nothing. One caller at a time.
 */
export async function keepTexts(
  warehouse: Warehouse,
  secret: InstallationSecret,
  until: string,
  random: (bytes: number) => Buffer = randomBytes,
): Promise<void> {
  let [account, id] = ["", ""];
  for (;;) {
    const rows = await warehouse.rows(textsToSeal, { account, id, most: PAGE_ROWS });
    const last = rows.at(-1);
    if (last === undefined) return;
    const byAccount = Map.groupBy(rows, (row) => row.account);
    const accounts = [...byAccount.keys()];
    const keys = await textKeysUntil(warehouse, secret, { accounts, until }, random);
    const sealed = [...byAccount].map(([owner, texts]) => {
      const ids = texts.map((text) => text.id);
      const place = placeOf(owner, until);
      const plain = zstdCompressSync(JSON.stringify(texts.map(textOf)));
      const box = seal(plain, keys.get(place)!, place, random);
      return { until, account: owner, batch: hashOf(ids), ids, sealed: box };
    });
    await warehouse.insert("sealed_texts", sealed);
    ({ account, id } = last);
  }
}

/** The kept texts of exchanges, by id. Those whose key is gone are gone. */
export async function readTexts(
  warehouse: Warehouse,
  secret: InstallationSecret,
  ids: readonly string[],
): Promise<ReadonlyMap<string, KeptText>> {
  const found = new Map<string, KeptText>();
  if (ids.length === 0) return found;
  const asked = new Set(ids);
  const rows = await warehouse.rows(textsHolding, { ids: [...asked] });
  const accounts = [...new Set(rows.map(({ account }) => account))];
  const keys = await readTextKeys(warehouse, secret, accounts);
  for (const { until, account, sealed } of rows) {
    const place = placeOf(account, until);
    const key = keys.get(place);
    const plain = key && unseal(sealed, key, place);
    if (plain === undefined) continue;
    for (const text of JSON.parse(zstdDecompressSync(plain).toString("utf8")) as KeptText[])
      if (asked.has(text.id)) found.set(text.id, text);
  }
  return found;
}

function textOf({ id, prompt, answer }: KeptText): KeptText {
  return { id, prompt, answer };
}

/** 64 bits as decimal, the same for the same ids. */
function hashOf(ids: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(ids)).digest().readBigUInt64LE(0).toString();
}
