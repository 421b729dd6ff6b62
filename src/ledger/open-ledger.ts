import { closeSync, mkdirSync, openSync } from "node:fs";
import { join } from "node:path";
import { Kysely, sql, type Transaction } from "kysely";
import { StillwatchError } from "../core/errors.ts";
import { sqlFolder } from "../warehouse/statement.ts";
import { appendAudit, type AuditEntry } from "./audit-chain.ts";
import { keepCheckpoint } from "./last-checkpoint.ts";
import { type LedgerKeys, loadLedgerKeys } from "./ledger-keys.ts";
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

/** A change that is being made. */
export interface Change {
  readonly tx: Transaction<LedgerTables>;
  /** When, ISO 8601: the same for all that it writes. */
  readonly time: string;
  /** Says what is done: it goes into the audit when the change is complete, in the same transaction. */
  readonly record: (entry: AuditEntry) => void;
}

/** What people decided, and the record of it. */
export interface Ledger {
  readonly engine: Engine;
  readonly dataDir: string;
  readonly now: () => Date;
  readonly keys: LedgerKeys;
  /** Reads. Throws SW_LEDGER_FAILED. */
  read<T>(work: (store: Kysely<LedgerTables>) => Promise<T>): Promise<T>;
  /** Changes, all or nothing, one change after the other over all processes. Throws SW_LEDGER_FAILED. */
  change<T>(work: (change: Change) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

const FILE = "ledger.db";

/**
 * Opens the ledger of a data folder, or a PostgreSQL one, and applies the migrations.
 * Throws SW_DATA_UNUSABLE, SW_LEDGER_AWAY, SW_LEDGER_NEWER, SW_LEDGER_FAILED.
 */
export async function openLedger(options: LedgerOptions): Promise<Ledger> {
  const { dataDir, url, now } = options;
  const engine = url === undefined ? "sqlite" : "postgres";
  const dialect =
    url === undefined
      ? sqliteDialect(prepareFile(dataDir))
      : // Read only where it is used: most ledgers are files.
        (await import("./postgres-dialect.ts")).postgresDialect(url);
  const keys = await loadLedgerKeys(dataDir);
  const store = new Kysely<LedgerTables>({ dialect });
  const folder = options.migrationsFolder ?? join(sqlFolder(), "ledger");
  try {
    if (url !== undefined) await assertAnswers(store, url);
    await migrateLedger(store, { engine, folder, now });
  } catch (error) {
    await store.destroy();
    throw failure(error);
  }
  return {
    engine,
    dataDir,
    now,
    keys,
    read: (work) => work(store).catch(fail),
    async change(work) {
      const { done, checkpoint } = await changeStore(store, engine, async (tx) => {
        const entries: AuditEntry[] = [];
        const time = now().toISOString();
        const record = (entry: AuditEntry): void => void entries.push(entry);
        const result = await work({ tx, time, record });
        return { done: result, checkpoint: await appendAudit(tx, entries, { time, keys }) };
      }).catch(fail);
      if (checkpoint !== undefined) keepCheckpoint(dataDir, checkpoint);
      return done;
    },
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

async function assertAnswers(store: Kysely<LedgerTables>, url: string): Promise<void> {
  await sql`SELECT 1`.execute(store).catch((error: unknown) => {
    const details = { place: withoutPassword(url), reason: reasonOf(error) };
    throw new StillwatchError("SW_LEDGER_AWAY", details, error);
  });
}

/** A URL's server and database. */
function withoutPassword(url: string): string {
  const { protocol, host, pathname } = URL.parse(url) ?? {};
  return host === undefined ? "--ledger" : decodeURIComponent(`${protocol}//${host}${pathname}`);
}

function fail(error: unknown): never {
  throw failure(error);
}

function reasonOf(error: unknown): string {
  // Where a name has several addresses, what went wrong with each is inside.
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  return (first instanceof Error ? first.message : String(first)).replace(/\.$/, "");
}

function failure(error: unknown): StillwatchError {
  if (error instanceof StillwatchError) return error;
  return new StillwatchError("SW_LEDGER_FAILED", { reason: reasonOf(error) }, error);
}
