import { randomBytes } from "node:crypto";
import { openWarehouse, type Warehouse } from "../warehouse/open-warehouse.ts";
import { forgetWrapped, keysToRewrap, sweep } from "../warehouse/statements.gen.ts";
import { assertDataFolder } from "./assert-data-folder.ts";
import {
  type InstallationSecret,
  newKey,
  secretOf,
  wrappingKeysOf,
} from "./installation-secret.ts";
import { unseal } from "../core/sealed-box.ts";
import { openSecrets, replaceSecrets, type Secrets } from "./secrets-file.ts";
import { placeOf, wrapped } from "./text-keys.ts";

/** What is rotated. */
export interface RotateOptions {
  readonly dataDir: string;
  /** Whether fingerprints get a new key too, from which on none can be compared with those before. */
  readonly fingerprints: boolean;
  readonly random?: (bytes: number) => Buffer;
}

/** What a rotation did. */
export interface Rotation {
  /** Keys of texts that were wrapped anew. */
  readonly rewrapped: number;
  /** Keys of texts whose wrapping key was lost before; they are deleted, and what they sealed is gone. */
  readonly lost: number;
  /** Ids of the keys that are current now. */
  readonly wrapping: string;
  readonly fingerprints: string;
}

const PAGE_ROWS = 5_000;

/**
 * Gives a data folder a new key to wrap the keys of texts with, wraps them anew and forgets the old one: who has a copy of
 * `secrets.json` from before can open no text any more. Interrupted anywhere, nothing is lost, and the next rotation ends
 * what it began. Throws SW_DATA_MISSING, SW_DATA_LOCKED, SW_DATA_UNUSABLE and the warehouse's errors.
 */
export async function rotateSecret(options: RotateOptions): Promise<Rotation> {
  const { dataDir, fingerprints, random = randomBytes } = options;
  assertDataFolder(dataDir);
  const warehouse = await openWarehouse({ dataDir });
  try {
    const make = (): Secrets => ({ version: 1, keys: [newKey(random)] });
    const before = await openSecrets(dataDir, make);
    const known = wrappingKeysOf(secretOf(before));
    const fresh = newKey(random);
    const old = known.map(({ id, key }) => ({ id, key: key.toString("hex") }));
    const keys = fingerprints ? [...before.keys, newKey(random)] : before.keys;
    const both: Secrets = { version: 1, keys, wrapping: [...old, fresh] };
    await replaceSecrets(dataDir, both);
    const done = await rewrap(warehouse, secretOf(both), fresh.id);
    await replaceSecrets(dataDir, { ...both, wrapping: [fresh] });
    return { ...done, wrapping: fresh.id, fingerprints: keys.at(-1)!.id };
  } finally {
    await warehouse.close();
  }
}

async function rewrap(
  warehouse: Warehouse,
  secret: InstallationSecret,
  newest: string,
): Promise<Pick<Rotation, "rewrapped" | "lost">> {
  const openers = new Map(wrappingKeysOf(secret).map(({ id, key }) => [id, key]));
  let [until, account] = ["1970-01-01", ""];
  let [rewrapped, lost] = [0, 0];
  for (;;) {
    const page = { wrapping: newest, until, account, most: PAGE_ROWS };
    const rows = await warehouse.rows(keysToRewrap, page);
    const last = rows.at(-1);
    if (last === undefined) break;
    const anew = rows.flatMap((row) => {
      const place = placeOf(row.account, row.until);
      const opener = openers.get(row.wrapping);
      const key = opener && unseal(row.wrapped, opener, place);
      if (key === undefined) return [];
      return [{ until: row.until, account: row.account, ...wrapped(key, place, secret) }];
    });
    await warehouse.insert("text_keys", anew);
    rewrapped += anew.length;
    lost += rows.length - anew.length;
    ({ until, account } = last);
  }
  await warehouse.run(forgetWrapped, { wrapping: newest });
  await warehouse.run(sweep, { table: "text_keys" });
  return { rewrapped, lost };
}
