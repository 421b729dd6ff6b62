import { closeSync, mkdirSync, openSync } from "node:fs";
import { join } from "node:path";
import { Kysely, sql, type Transaction } from "kysely";
import { StillwatchError } from "../core/errors.ts";
import { appendAudit, type AuditEntry } from "./audit-chain.ts";
import { keepCheckpoint } from "./last-checkpoint.ts";
import { LEDGER_KEYS_FILE, type LedgerKeys, loadLedgerKeys } from "./ledger-keys.ts";
import { changeStore, type Engine, migrateLedger } from "./migrate-ledger.ts";
import { sqliteDialect } from "./sqlite-dialect.ts";
import type { StoreTables } from "./tables.ts";

/** Where a store is, and what its files are called. */
export interface AuditedStoreOptions {
  readonly dataDir: string;
  /** Of a PostgreSQL database, in place of `file`; several nodes may share it. */
  readonly url?: string | undefined;
  readonly now: () => Date;
  /** Absolute: folder of numbered migrations. */
  readonly migrationsFolder: string;
  /** Names in `dataDir`; absent, those of the ledger. */
  readonly file: string;
  readonly keysFile?: string;
  readonly checkpointFile?: string;
  /** On PostgreSQL a schema of its own, made where it isn't there; absent, the database's default. */
  readonly schema?: string;
}

/** A change that is being made. */
export interface ChangeOf<Tables extends StoreTables> {
  readonly tx: Transaction<Tables>;
  /** When, ISO 8601: the same for all that it writes. */
  readonly time: string;
  /** Says what is done: it goes into the audit when the change is complete, in the same transaction. */
  readonly record: (entry: AuditEntry) => void;
}

/** A store that records what is done to it in an audit of its own. */
export interface AuditedStore<Tables extends StoreTables> {
  readonly engine: Engine;
  readonly dataDir: string;
  readonly now: () => Date;
  readonly keys: LedgerKeys;
  /** Reads. Throws SW_LEDGER_FAILED. */
  read<T>(work: (store: Kysely<Tables>) => Promise<T>): Promise<T>;
  /** Changes, all or nothing, one change after the other over all processes. Throws SW_LEDGER_FAILED. */
  change<T>(work: (change: ChangeOf<Tables>) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Opens a store and applies its migrations. Throws SW_DATA_UNUSABLE, SW_LEDGER_AWAY, SW_LEDGER_KEYS, SW_LEDGER_NEWER, SW_LEDGER_FAILED. */
export async function openAuditedStore<Tables extends StoreTables>(
  options: AuditedStoreOptions,
): Promise<AuditedStore<Tables>> {
  const { dataDir, url, now, file, migrationsFolder: folder, checkpointFile, schema } = options;
  const engine = url === undefined ? "sqlite" : "postgres";
  const dialect =
    url === undefined
      ? sqliteDialect(prepareFile(dataDir, file))
      : // Read only where it is used: most stores are files.
        (await import("./postgres-dialect.ts")).postgresDialect(url, schema);
  const keys = await loadLedgerKeys(dataDir, options.keysFile);
  const store = new Kysely<Tables>({ dialect });
  try {
    if (url !== undefined) await assertAnswers(withAudit(store), url);
    if (engine === "postgres" && schema !== undefined)
      await changeStore(store, engine, (tx) =>
        sql`CREATE SCHEMA IF NOT EXISTS ${sql.id(schema)}`.execute(tx),
      );
    await migrateLedger(withAudit(store), { engine, folder, now });
    if (url !== undefined) await assertOurKeys(withAudit(store), keys, options);
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
        return {
          done: result,
          checkpoint: await appendAudit(withAudit(tx), entries, { time, keys }),
        };
      }).catch(fail);
      if (checkpoint !== undefined) keepCheckpoint(dataDir, checkpoint, checkpointFile);
      return done;
    },
    close: () => store.destroy(),
  };
}

/** The tables that every store has, of one that has more: Kysely's own types can't say so. */
function withAudit<Tables extends StoreTables>(
  store: Transaction<Tables>,
): Transaction<StoreTables>;
function withAudit<Tables extends StoreTables>(store: Kysely<Tables>): Kysely<StoreTables>;
function withAudit(store: unknown): unknown {
  return store;
}

/** Makes the file before SQLite does, for the owner alone; its companions take its mode. */
function prepareFile(dataDir: string, file: string): string {
  const path = join(dataDir, file);
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    closeSync(openSync(path, "a", 0o600));
    return path;
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? "unknown";
    throw new StillwatchError("SW_DATA_UNUSABLE", { path, reason }, cause);
  }
}

async function assertAnswers(store: Kysely<StoreTables>, url: string): Promise<void> {
  await sql`SELECT 1`.execute(store).catch((error: unknown) => {
    const details = { place: withoutPassword(url), reason: reasonOf(error) };
    throw new StillwatchError("SW_LEDGER_AWAY", details, error);
  });
}

/** A node that brought keys of its own would sign what no other can check. */
async function assertOurKeys(
  store: Kysely<StoreTables>,
  { auditKeys }: LedgerKeys,
  { dataDir, keysFile = LEDGER_KEYS_FILE }: AuditedStoreOptions,
): Promise<void> {
  const last = await store
    .selectFrom("audit")
    .select("signature")
    .where("signature", "is not", null)
    .orderBy("sequence", "desc")
    .limit(1)
    .executeTakeFirst();
  const signer = last?.signature?.split(":")[0];
  if (signer !== undefined && !auditKeys.some(({ id }) => id === signer))
    throw new StillwatchError("SW_LEDGER_KEYS", { path: join(dataDir, keysFile) });
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
