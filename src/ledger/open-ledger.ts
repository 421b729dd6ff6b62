import { closeSync, mkdirSync, openSync } from "node:fs";
import { join } from "node:path";
import { Kysely, type Transaction } from "kysely";
import { StillwatchError } from "../core/errors.ts";
import { sqlFolder } from "../warehouse/statement.ts";
import { changeStore, type Engine, migrateLedger } from "./migrate-ledger.ts";
import { sqliteDialect } from "./sqlite-dialect.ts";
import type { LedgerTables } from "./tables.ts";

/** Where a ledger is. */
export interface LedgerOptions {
  /** Holds `ledger.db`, unless `url` is given. */
  readonly dataDir: string;
  /** Of a PostgreSQL database; several nodes may share it. */
  readonly url?: string | undefined;
  readonly now: () => Date;
  /** Folder of numbered migrations; the package's `sql/ledger` by default. */
  readonly migrationsFolder?: string;
}

/** What people decided, and the record of it. */
export interface Ledger {
  readonly engine: Engine;
  readonly now: () => Date;
  /** Reads. Throws SW_LEDGER_FAILED. */
  read<T>(work: (store: Kysely<LedgerTables>) => Promise<T>): Promise<T>;
  /** Changes, all or nothing, one change after the other over all processes. Throws SW_LEDGER_FAILED. */
  change<T>(work: (tx: Transaction<LedgerTables>) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

const FILE = "ledger.db";

/**
 * Opens the ledger of a data folder, or a PostgreSQL one, and applies the migrations.
 * Throws SW_DATA_UNUSABLE, SW_LEDGER_NEWER, SW_LEDGER_FAILED.
 */
export async function openLedger(options: LedgerOptions): Promise<Ledger> {
  const { dataDir, url, now } = options;
  const engine = url === undefined ? "sqlite" : "postgres";
  const dialect =
    url === undefined
      ? sqliteDialect(prepareFile(dataDir))
      : // Read only where it is used: most ledgers are files.
        (await import("./postgres-dialect.ts")).postgresDialect(url);
  const store = new Kysely<LedgerTables>({ dialect });
  const folder = options.migrationsFolder ?? join(sqlFolder(), "ledger");
  try {
    await migrateLedger(store, { engine, folder, now });
  } catch (error) {
    await store.destroy();
    throw failure(error);
  }
  return {
    engine,
    now,
    read: (work) => work(store).catch(fail),
    change: (work) => changeStore(store, engine, work).catch(fail),
    close: () => store.destroy(),
  };
}

/** Makes the file before SQLite does, for the owner alone; its companions take its mode. */
function prepareFile(dataDir: string): string {
  const path = join(dataDir, FILE);
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    closeSync(openSync(path, "a", 0o600));
    return path;
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? "unknown";
    throw new StillwatchError("SW_DATA_UNUSABLE", { path, reason }, cause);
  }
}

function fail(error: unknown): never {
  throw failure(error);
}

function failure(error: unknown): StillwatchError {
  if (error instanceof StillwatchError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new StillwatchError("SW_LEDGER_FAILED", { reason: reason.replace(/\.$/, "") }, error);
}
