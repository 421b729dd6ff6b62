import { existsSync } from "node:fs";
import { cp, mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { StillwatchError } from "../core/errors.ts";
import type { Progress } from "../core/progress.ts";
import { assertDataFolder } from "../ingest/assert-data-folder.ts";
import { loadSecret } from "../ingest/installation-secret.ts";
import { loadFiles } from "../ingest/load-files.ts";
import { copyStore } from "../ledger/copy-store.ts";
import { openWarehouse, type Warehouse } from "../warehouse/open-warehouse.ts";
import {
  backUp as backUpTables,
  backUpShapes,
  countExchanges,
  restore as restoreTables,
  restoreShapes,
} from "../warehouse/statements.gen.ts";
import { backupPaths, type Manifest, readManifest } from "./backup-folder.ts";

/** The file by which the engine holds a folder. */
const LOCK = "status";

/** What is backed up, and where to. */
export interface BackUpOptions {
  readonly dataDir: string;
  /** A folder that isn't there yet. */
  readonly to: string;
  readonly now: Date;
  readonly progress: Progress;
}

/**
 * Writes a data folder to another, whole or not at all: the tables as of one moment, the secrets and all other files; no kept
 * text. What waits in the spool is brought into the warehouse first. Throws SW_BACKUP_EXISTS, SW_DATA_*, SW_WAREHOUSE_*.
 */
export async function backUp({ dataDir, to, now, progress }: BackUpOptions): Promise<Manifest> {
  assertDataFolder(dataDir);
  if (!relative(dataDir, to).startsWith("..")) {
    const message = `--to ${to}: this is inside the data folder. Give a folder outside of it.`;
    throw new StillwatchError("SW_USAGE", { message });
  }
  const draft = await emptyDraft(to);
  const { tables, shapes, files, manifest } = backupPaths(draft);
  const warehouse = await openWarehouse({ dataDir, backups: draft });
  try {
    const secret = await loadSecret(dataDir);
    await loadFiles({ warehouse, dataDir, secret, files: [], keepTextDays: 0, now, progress });
    progress({ stage: "Backing up", done: 0, total: 2, unit: "steps" });
    await warehouse.run(backUpTables, { path: tables });
    await warehouse.run(backUpShapes, { path: shapes });
    progress({ stage: "Backing up", done: 1, total: 2, unit: "steps" });
    await copyFiles(dataDir, files);
    const made: Manifest = {
      version: 1,
      made: now.toISOString(),
      exchanges: await held(warehouse),
    };
    await writeFile(manifest, `${JSON.stringify(made)}\n`, { mode: 0o600, flush: true });
    await rename(draft, resolve(to));
    progress({ stage: "Backing up", done: 2, total: 2, unit: "steps" });
    return made;
  } finally {
    await warehouse.close();
    await rm(draft, { recursive: true, force: true });
  }
}

/**
 * Copies the files of a data folder. What is a folder in it belongs to the engine, or is the spool, which is empty by then.
 * Stores that other commands may write to meanwhile come last: the checkpoints beside them are of rows they hold.
 */
async function copyFiles(dataDir: string, to: string): Promise<void> {
  await mkdir(to, { mode: 0o700 });
  const entries = await readdir(dataDir, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  const isStore = (name: string): boolean => name.endsWith(".db");
  for (const name of names)
    if (name !== LOCK && !isStore(name) && !/\.db-(?:wal|shm|journal)$/.test(name))
      await cp(join(dataDir, name), join(to, name));
  for (const name of names.filter(isStore)) await copyStore(join(dataDir, name), join(to, name));
}

/** What is restored, and where to. */
export interface RestoreOptions {
  readonly from: string;
  /** A folder that isn't there yet. */
  readonly dataDir: string;
}

/**
 * Makes a data folder of a backup, whole or not at all; one of an earlier version is brought up to date.
 * Throws SW_BACKUP_EXISTS, SW_BACKUP_UNREADABLE, SW_DATA_*, SW_WAREHOUSE_*.
 */
export async function restore({ from, dataDir }: RestoreOptions): Promise<Manifest> {
  const kept = await readManifest(from);
  const draft = await emptyDraft(dataDir);
  const { tables, shapes, files } = backupPaths(resolve(from));
  const nothing = join(draft, "no-schema");
  try {
    await cp(files, draft, { recursive: true });
    await mkdir(nothing);
    const bare = { dataDir: draft, backups: resolve(from), schemaFolder: nothing };
    await withWarehouse(bare, async (warehouse) => {
      await warehouse.run(restoreTables, { path: tables });
      await warehouse.run(restoreShapes, { path: shapes });
    });
    await rm(nothing, { recursive: true });
    const exchanges = await withWarehouse({ dataDir: draft }, held);
    if (exchanges !== kept.exchanges) {
      const reason = `${exchanges} of ${kept.exchanges} exchanges are in it`;
      throw new StillwatchError("SW_BACKUP_UNREADABLE", { path: from, reason });
    }
    await rename(draft, resolve(dataDir));
    return kept;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function withWarehouse<T>(
  options: Parameters<typeof openWarehouse>[0],
  work: (warehouse: Warehouse) => Promise<T>,
): Promise<T> {
  const warehouse = await openWarehouse(options);
  try {
    return await work(warehouse);
  } finally {
    await warehouse.close();
  }
}

async function held(warehouse: Warehouse): Promise<number> {
  const [row] = await warehouse.rows(countExchanges, {});
  return Number(row?.exchanges ?? 0);
}

/** An empty folder beside the one that is to be made, which must not be there. */
async function emptyDraft(path: string): Promise<string> {
  if (existsSync(path)) throw new StillwatchError("SW_BACKUP_EXISTS", { path });
  const draft = `${resolve(path)}.part`;
  try {
    await rm(draft, { recursive: true, force: true });
    await mkdir(draft, { recursive: true, mode: 0o700 });
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? "unknown";
    throw new StillwatchError("SW_OUTPUT_UNWRITABLE", { path, reason }, error);
  }
  return draft;
}
