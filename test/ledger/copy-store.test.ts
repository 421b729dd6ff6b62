import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, statSync, writeFileSync } from "node:fs";
import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it, onTestFinished } from "vitest";
import { readAudit } from "../../src/ledger/audit-file.ts";
import { copyStore } from "../../src/ledger/copy-store.ts";
import { openLedger } from "../../src/ledger/open-ledger.ts";
import { verifyAudit } from "../../src/ledger/verify-audit.ts";
import { ledgerBench } from "./ledger-bench.ts";

const CHILD = join(import.meta.dirname, "writing-child.ts");
const COPIES = 5;

/** A process that changes the ledger of a folder until it is ended; it has begun. */
async function writer(dataDir: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [CHILD, dataDir], { stdio: ["pipe", "pipe", "inherit"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  await once(child.stdout, "data");
  return child;
}

describe("a copy of a store", () => {
  const bench = ledgerBench();

  it("is whole, as of one moment, while another process writes to the store", async () => {
    const { dataDir, open } = await bench.place();
    await (await open()).close();
    const child = await writer(dataDir);
    const rows: number[] = [];
    for (let no = 0; no < COPIES; no++) {
      const folder = join(dataDir, `copy-${no}`);
      mkdirSync(folder);
      await copyFile(join(dataDir, "ledger-keys.json"), join(folder, "ledger-keys.json"));
      await copyStore(join(dataDir, "ledger.db"), join(folder, "ledger.db"));
      expect(statSync(join(folder, "ledger.db")).mode & 0o777).toBe(0o600);
      const bare = new DatabaseSync(join(folder, "ledger.db"));
      expect(bare.prepare("PRAGMA integrity_check").all()).toEqual([{ integrity_check: "ok" }]);
      bare.close();
      const ledger = await openLedger({ dataDir: folder, now: () => new Date(0) });
      const { auditKeys: keys } = ledger.keys;
      const finding = await verifyAudit(readAudit(ledger), { keys });
      await ledger.close();
      expect(finding.problems).toEqual([]);
      rows.push(finding.rows);
    }
    expect(child.exitCode).toBeNull();
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(rows[0]).toBeGreaterThan(0);
    expect(rows.at(-1)).toBeGreaterThan(rows[0]!);
    expect(rows).toEqual(rows.toSorted((a, b) => a - b));
  });

  it("is refused of what is no store, and over what is there", async () => {
    const { dataDir } = await bench.place();
    const path = join(dataDir, "ledger.db");
    writeFileSync(path, "no database at all, but long enough to look at");
    const unusable = { code: "SW_DATA_UNUSABLE" };
    await expect(copyStore(path, join(dataDir, "copy.db"))).rejects.toMatchObject(unusable);
    await expect(copyStore(path, path)).rejects.toMatchObject(unusable);
  });
});
