import { createHmac } from "node:crypto";
import { open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { StillwatchError } from "../core/errors.ts";
import { syncFolder } from "./journal-part.ts";
import type { KnownKey } from "./installation-secret.ts";

/** What was removed, table by table. */
export type Removed = Readonly<Record<string, number>>;

/** One forgetting, as `forgotten.ndjson` of a data folder keeps it: whom it was about can be asked of it, but not read from it. */
export interface ForgottenRecord {
  readonly version: 1;
  readonly time: string;
  /** `accountMark` of each. */
  readonly accounts: readonly string[];
  /** Rows before and after, by table. */
  readonly removed: Removed;
  readonly left: Removed;
  /** Whether the last scan named one of them, and so was removed. */
  readonly last_scan_removed: boolean;
  /** Lines about other accounts that name one of them as their parent; they stay. */
  readonly named_as_parent: number;
  /** Files of the folder that still name one of them, such as the ledger, whose cases have a time of their own. */
  readonly named_in: readonly string[];
  /** Id of the key that sealed it, the seal of the record before, and HMAC-SHA256 over all that comes before it. */
  readonly key: string;
  readonly previous: string;
  readonly seal: string;
}

const FILE = "forgotten.ndjson";

/** What an account goes by in the records: HMAC-SHA256 of its name. */
export function accountMark(account: string, { key }: KnownKey): string {
  return createHmac("sha256", key).update(`forgotten account\0${account}`).digest("hex");
}

/** Seals a record and appends it to those of the folder, durably. Throws SW_DATA_UNUSABLE. */
export async function appendForgotten(
  dataDir: string,
  what: Omit<ForgottenRecord, "version" | "key" | "previous" | "seal">,
  secret: KnownKey,
): Promise<ForgottenRecord> {
  const path = join(dataDir, FILE);
  try {
    const previous = (await readRecords(path)).at(-1)?.seal ?? "";
    const unsealed = { version: 1 as const, ...what, key: secret.id, previous };
    const record = { ...unsealed, seal: sealOf(unsealed, secret) };
    const file = await open(path, "a", 0o600);
    await file.writeFile(`${JSON.stringify(record)}\n`);
    await file.sync();
    await file.close();
    await syncFolder(dataDir);
    return record;
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? "its records cannot be read";
    throw new StillwatchError("SW_DATA_UNUSABLE", { path, reason }, error);
  }
}

/** All records of a folder, oldest first, each checked against its seal and the one before. Throws SW_RECORD_BROKEN. */
export async function readForgotten(
  dataDir: string,
  keys: readonly KnownKey[],
): Promise<readonly ForgottenRecord[]> {
  const path = join(dataDir, FILE);
  let records: readonly ForgottenRecord[];
  try {
    records = await readRecords(path);
  } catch (error) {
    throw new StillwatchError("SW_RECORD_BROKEN", { path, line: 1 }, error);
  }
  for (const [i, { seal, ...unsealed }] of records.entries()) {
    const signer = keys.find(({ id }) => id === unsealed.key);
    const follows = unsealed.previous === (records[i - 1]?.seal ?? "");
    if (!follows || signer === undefined || sealOf(unsealed, signer) !== seal)
      throw new StillwatchError("SW_RECORD_BROKEN", { path, line: i + 1 });
  }
  return records;
}

async function readRecords(path: string): Promise<readonly ForgottenRecord[]> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  const lines = text.split("\n").filter((line) => line !== "");
  return lines.map((line) => JSON.parse(line) as ForgottenRecord);
}

function sealOf(unsealed: Omit<ForgottenRecord, "seal">, { key }: KnownKey): string {
  return createHmac("sha256", key)
    .update(`forgotten record\0${JSON.stringify(unsealed)}`)
    .digest("hex");
}
