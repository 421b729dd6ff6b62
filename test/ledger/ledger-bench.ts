import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach } from "vitest";
import { type Ledger, openLedger } from "../../src/ledger/open-ledger.ts";

/** A store to test on. */
export interface LedgerBench {
  readonly engine: Ledger["engine"];
  /** A new folder, and on PostgreSQL a new database. */
  readonly place: () => Promise<LedgerPlace>;
}

/** One place: ledgers opened on it see each other, go by the test's clock, and are closed when the test ends. */
export interface LedgerPlace {
  readonly dataDir: string;
  readonly url: string | undefined;
  readonly open: (now?: () => Date) => Promise<Ledger>;
}

/** Places in new folders; with `database`, in what it makes. */
export function ledgerBench(database?: () => Promise<string>): LedgerBench {
  const opened: Ledger[] = [];
  afterEach(async () => {
    for (const ledger of opened.splice(0)) await ledger.close();
  });
  return {
    engine: database === undefined ? "sqlite" : "postgres",
    async place() {
      const dataDir = mkdtempSync(join(tmpdir(), "stillwatch-ledger-"));
      const url = await database?.();
      return {
        dataDir,
        url,
        async open(now = () => new Date(0)) {
          const ledger = await openLedger({ dataDir, url, now });
          opened.push(ledger);
          return ledger;
        },
      };
    },
  };
}
