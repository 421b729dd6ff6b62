import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Kysely, sql, type Transaction } from "kysely";
import { StillwatchError } from "../core/errors.ts";
import type { StoreTables } from "./tables.ts";

/** The stores that a ledger can be in. */
export type Engine = "sqlite" | "postgres";

const TABLE =
  "CREATE TABLE IF NOT EXISTS migrations (number INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL, applied TEXT NOT NULL)";

/**
 * Applies `NNN-name.sql` of a folder in the order of their numbers, forward only, each in a transaction that also records
 * it. A file is SQLite's SQL; PostgreSQL reads it without `STRICT` with BIGINT for INTEGER and DOUBLE PRECISION for REAL. What the two can't share
 * is in `NNN-name-sqlite.sql` and `NNN-name-postgres.sql`, run after it. Throws SW_LEDGER_NEWER where a migration was
 * applied that the folder doesn't have, SW_LEDGER_FAILED where one was edited since.
 */
export async function migrateLedger(
  store: Kysely<StoreTables>,
  { engine, folder, now }: { engine: Engine; folder: string; now: () => Date },
): Promise<void> {
  const migrations = readMigrations(folder, engine);
  for (const { number, name, text, sha256 } of migrations) {
    await changeStore(store, engine, async (tx) => {
      await sql.raw(TABLE).execute(tx);
      const applied = await tx.selectFrom("migrations").selectAll().orderBy("number").execute();
      assertKnown(applied, migrations);
      if (applied.some((one) => one.number === number)) return;
      await sql.raw(text).execute(tx);
      const row = { number, name, sha256, applied: now().toISOString() };
      await tx.insertInto("migrations").values(row).execute();
    });
  }
}

/** Any number: the same for every process that changes a ledger. */
const CHANGE_LOCK = 5_711_020;

/** Runs one transaction after the other, also across processes: SQLite has one writer, PostgreSQL is asked for a lock. */
export function changeStore<Tables, T>(
  store: Kysely<Tables>,
  engine: Engine,
  work: (tx: Transaction<Tables>) => Promise<T>,
): Promise<T> {
  return store.transaction().execute(async (tx) => {
    if (engine === "postgres") await sql`SELECT pg_advisory_xact_lock(${CHANGE_LOCK})`.execute(tx);
    return work(tx);
  });
}

interface Migration {
  readonly number: number;
  readonly name: string;
  readonly text: string;
  readonly sha256: string;
}

function readMigrations(folder: string, engine: Engine): readonly Migration[] {
  // Without its ending a shared file's name sorts before those of one engine.
  const names = readdirSync(folder)
    .filter((file) => /^\d{3}-.+\.sql$/.test(file))
    .map((file) => file.slice(0, -".sql".length))
    .toSorted();
  const byNumber = Map.groupBy(names, (name) => Number(name.slice(0, 3)));
  return [...byNumber].map(([number, all]) => {
    const ours = all.filter(
      (name) => !/-(?:sqlite|postgres)$/.test(name) || name.endsWith(`-${engine}`),
    );
    const text = ours.map((name) => readFileSync(join(folder, `${name}.sql`), "utf8")).join("\n");
    const sha256 = createHash("sha256").update(text).digest("hex");
    const name = (all[0] ?? "").replace(/-(?:sqlite|postgres)$/, "");
    return { number, name, text: engine === "sqlite" ? text : forPostgres(text), sha256 };
  });
}

function forPostgres(text: string): string {
  return text
    .replace(/\) STRICT;/g, ");")
    .replace(/\bINTEGER\b/g, "BIGINT")
    .replace(/\bREAL\b/g, "DOUBLE PRECISION");
}

function assertKnown(
  applied: readonly { number: number; name: string; sha256: string }[],
  migrations: readonly Migration[],
): void {
  for (const { number, name, sha256 } of applied) {
    const known = migrations.find((one) => one.number === number);
    if (known === undefined) throw new StillwatchError("SW_LEDGER_NEWER", { migration: name });
    if (known.sha256 !== sha256) {
      const reason = `migration ${name} was applied and has been edited since; add a new one instead`;
      throw new StillwatchError("SW_LEDGER_FAILED", { reason });
    }
  }
}
