import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach } from "vitest";
import { type Ledger, openLedger } from "../../src/ledger/open-ledger.ts";

/** Where there is a disk in memory, as on Linux, the tests' many small commits needn't wait for a real one. */
const FOLDERS = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();

/** A new folder for a ledger. */
export function ledgerFolder(): string {
  return mkdtempSync(join(FOLDERS, "stillwatch-ledger-"));
}

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
  const folders: string[] = [];
  afterEach(async () => {
    for (const ledger of opened.splice(0)) await ledger.close();
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
  });
  return {
    engine: database === undefined ? "sqlite" : "postgres",
    async place() {
      const dataDir = ledgerFolder();
      folders.push(dataDir);
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
