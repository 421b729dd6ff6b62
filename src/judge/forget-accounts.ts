import { StillwatchError } from "../core/errors.ts";
import { didYouMean, nearMatches } from "../core/near-matches.ts";
import type { Progress } from "../core/progress.ts";
import { assertDataFolder } from "../ingest/assert-data-folder.ts";
import {
  accountMark,
  appendForgotten,
  type ForgottenRecord,
  readForgotten,
  type Removed,
} from "../ingest/forgotten-record.ts";
import { allKeys, loadSecret } from "../ingest/installation-secret.ts";
import { loadFiles } from "../ingest/load-files.ts";
import { openWarehouse, type Warehouse } from "../warehouse/open-warehouse.ts";
import {
  clearForgetting,
  forgetByHash,
  forgetByName,
  namedAsParent,
  nearAccounts,
  pruneShared,
  remains,
  rowsOfForgetting,
  sweep,
} from "../warehouse/statements.gen.ts";
import { filesNaming } from "./files-naming.ts";
import { forgetLastScanOf, lastScanNames } from "./last-scan.ts";

/** Whom to forget, and where. */
export interface ForgetOptions {
  readonly dataDir: string;
  readonly accounts: readonly string[];
  /** Says what would be removed, and removes nothing. */
  readonly dryRun: boolean;
  readonly now: Date;
  readonly progress: Progress;
}

/** What became of it. */
export type Forgetting =
  | { readonly kind: "forgotten"; readonly record: ForgottenRecord }
  | { readonly kind: "dry run"; readonly found: Removed; readonly lastScan: boolean }
  /** Nothing of them is there, and an earlier record says when it was removed. */
  | { readonly kind: "forgotten before"; readonly records: readonly ForgottenRecord[] };

/** Tables that name accounts and tables that know them by hash; a test finds every table with accounts among them. */
const BY_NAME = ["exchanges", "accounts", "sealed_texts", "text_keys"];
const BY_HASH = ["pairs", "issued", "activity"];
const TABLES = [...BY_NAME, ...BY_HASH, "shared"];
const SWEEPS = 10;

/**
 * Removes all that a data folder holds of accounts: what still waits in the spool is brought into the warehouse first, so
 * that it can be found. Asks afterwards whether anything is left, and keeps a sealed record. It can't be undone: whoever may
 * hold an account's data back is to be asked before this. Throws SW_NAME_UNKNOWN, SW_FORGET_INCOMPLETE, SW_RECORD_BROKEN, SW_DATA_*, SW_WAREHOUSE_*.
 */
export async function forgetAccounts(options: ForgetOptions): Promise<Forgetting> {
  const { dataDir, accounts } = options;
  assertDataFolder(dataDir);
  const records = await readForgotten(dataDir, await allKeys(dataDir));
  const warehouse = await openWarehouse({ dataDir });
  try {
    const secret = await loadSecret(dataDir);
    await loadFiles({ ...options, warehouse, secret, files: [], keepTextDays: 0 });
    await warehouse.run(clearForgetting, {});
    const named = [...new Set(accounts)].map((account) => ({ account }));
    await warehouse.insert("forgetting", named);
    const rows = await warehouse.rows(rowsOfForgetting, {});
    const kept = new Set(rows.map(({ account }) => account));
    const inScan = accounts.filter((account) => lastScanNames(dataDir, account));
    const gone = accounts.filter((account) => !kept.has(account) && !inScan.includes(account));
    const earlier = await recordsOf(gone, records, dataDir);
    for (const account of gone)
      if (!earlier.has(account)) throw await unknown(account, warehouse, dataDir);
    if (gone.length === accounts.length)
      return { kind: "forgotten before", records: [...new Set(earlier.values())] };
    const found = summed(rows);
    if (options.dryRun) return { kind: "dry run", found, lastScan: inScan.length > 0 };
    return { kind: "forgotten", record: await remove(warehouse, found, options) };
  } finally {
    await warehouse.close();
  }
}

/** Removes, asks what is left, and records it. */
async function remove(
  warehouse: Warehouse,
  removed: Removed,
  { dataDir, accounts, now, progress }: ForgetOptions,
): Promise<ForgottenRecord> {
  const secret = await loadSecret(dataDir);
  const steps = [
    ...BY_NAME.map((table) => () => warehouse.run(forgetByName, { table })),
    ...BY_HASH.map((table) => () => warehouse.run(forgetByHash, { table })),
    () => warehouse.run(pruneShared, {}),
  ];
  for (const [done, step] of steps.entries()) {
    progress({ stage: "Forgetting", done, total: steps.length, unit: "tables" });
    await step();
  }
  const lastScan = forgetLastScanOf(dataDir, accounts);
  const left = summed(await warehouse.rows(rowsOfForgetting, {}));
  await assertNothingRemains(warehouse, left, dataDir);
  const [children] = await warehouse.rows(namedAsParent, {});
  await warehouse.run(clearForgetting, {});
  progress({ stage: "Forgetting", done: steps.length, total: steps.length, unit: "tables" });
  const what = {
    time: now.toISOString(),
    accounts: [...new Set(accounts)].map((account) => accountMark(account, secret)),
    removed,
    left,
    last_scan_removed: lastScan,
    named_as_parent: Number(children?.lines ?? 0),
    named_in: await filesNaming(dataDir, accounts),
  };
  return await appendForgotten(dataDir, what, secret);
}

/** Removes the files of what was deleted, and asks whether a row, a file, an unfinished deletion or a key of one account is left. */
async function assertNothingRemains(
  warehouse: Warehouse,
  left: Removed,
  path: string,
): Promise<void> {
  const row = Object.entries(left).find(([, rows]) => rows > 0);
  const refusal = (what: string): StillwatchError =>
    new StillwatchError("SW_FORGET_INCOMPLETE", { path, left: what });
  if (row !== undefined) throw refusal(`${row[1]} rows are left in ${row[0]}`);
  // A merge that was under way leaves files of its own: they are swept by the next turn.
  for (let turn = 1; ; turn++) {
    for (const table of TABLES) await warehouse.run(sweep, { table });
    const [rest] = await warehouse.rows(remains, { tables: TABLES });
    const { files, aside, unfinished, orphans } = rest!;
    if (aside !== "0")
      throw refusal(`${aside} damaged parts stand aside and can't be looked through; delete them`);
    if ([files, unfinished, orphans].every((count) => count === "0")) return;
    if (turn === SWEEPS)
      throw refusal(`${files} old files, ${unfinished} deletions, ${orphans} keys are left`);
  }
}

/** Rows by table; a table without any is 0. */
function summed(rows: readonly { readonly kept_in: string; readonly rows: string }[]): Removed {
  const sums = new Map([...BY_NAME, ...BY_HASH].map((table) => [table, 0]));
  for (const row of rows) sums.set(row.kept_in, sums.get(row.kept_in)! + Number(row.rows));
  return Object.fromEntries(sums);
}

/** The last record about each account that has one. */
async function recordsOf(
  accounts: readonly string[],
  records: readonly ForgottenRecord[],
  dataDir: string,
): Promise<ReadonlyMap<string, ForgottenRecord>> {
  const keys = new Map((await allKeys(dataDir)).map((one) => [one.id, one]));
  const found = accounts.flatMap((account) => {
    const record = records.findLast(({ key, accounts: marks }) =>
      marks.includes(accountMark(account, keys.get(key)!)),
    );
    return record === undefined ? [] : [[account, record] as const];
  });
  return new Map(found);
}

async function unknown(
  name: string,
  warehouse: Warehouse,
  dataDir: string,
): Promise<StillwatchError> {
  const most = Math.ceil(name.length / 3);
  const rows = await warehouse.rows(nearAccounts, { asked: name, most });
  const near = nearMatches(
    name,
    rows.map(({ account }) => account),
  );
  const where = `in ${dataDir}`;
  return new StillwatchError("SW_NAME_UNKNOWN", { name, where, near: didYouMean(near) });
}
