/** The ledger's tables as the migrations of `sql/ledger` make them. Times are ISO 8601 in UTC unless named otherwise; a test compares the columns with the store's. */
export interface LedgerTables {
  readonly migrations: MigrationRow;
  readonly leases: LeaseRow;
  readonly audit: AuditRow;
}

/** A migration that was applied. */
export interface MigrationRow {
  readonly number: number;
  readonly name: string;
  readonly sha256: string;
  readonly applied: string;
}

/** See `lease.ts`. */
export interface LeaseRow {
  readonly name: string;
  readonly holder: string;
  readonly token: number;
  readonly until_ms: number;
}

/** A row of the audit; see `audit-chain.ts`. */
export interface AuditRow {
  readonly sequence: number;
  readonly time: string;
  readonly actor: string;
  readonly action: string;
  readonly object: string;
  /** Canonical JSON. */
  readonly details: string;
  readonly previous: string;
  readonly hash: string;
  readonly signature: string | null;
}
