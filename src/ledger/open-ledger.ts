import { join } from "node:path";
import { sqlFolder } from "../warehouse/statement.ts";
import { type AuditedStore, type ChangeOf, openAuditedStore } from "./audited-store.ts";
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

/** A change of the ledger that is being made. */
export type Change = ChangeOf<LedgerTables>;

/** What people decided, and the record of it. */
export type Ledger = AuditedStore<LedgerTables>;

/**
 * Opens the ledger of a data folder, or a PostgreSQL one, and applies the migrations.
 * Throws SW_DATA_UNUSABLE, SW_LEDGER_AWAY, SW_LEDGER_KEYS, SW_LEDGER_NEWER, SW_LEDGER_FAILED.
 */
export function openLedger(options: LedgerOptions): Promise<Ledger> {
  const { migrationsFolder = join(sqlFolder(), "ledger") } = options;
  return openAuditedStore({ ...options, migrationsFolder, file: "ledger.db" });
}
