import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { auditTests } from "./audit-tests.ts";
import { caseTests } from "./case-tests.ts";
import { evidenceTests } from "./evidence-tests.ts";
import { leaseTests } from "./lease-tests.ts";
import { ledgerBench } from "./ledger-bench.ts";
import { storeTests } from "./store-tests.ts";

describe("a ledger in a file", () => {
  const bench = ledgerBench();
  storeTests(bench);
  leaseTests(bench);
  auditTests(bench);
  caseTests(bench);
  evidenceTests(bench);

  it("can be read by its owner alone", async () => {
    const { dataDir, open } = await bench.place();
    await open();
    for (const name of ["ledger.db", "ledger.db-wal", "ledger.db-shm"])
      expect(statSync(join(dataDir, name)).mode & 0o777, name).toBe(0o600);
  });

  it("says so where its file is no ledger", async () => {
    const { dataDir, open } = await bench.place();
    writeFileSync(join(dataDir, "ledger.db"), "no database at all, but long enough to look at");
    await expect(open()).rejects.toMatchObject({ code: "SW_LEDGER_FAILED" });
  });
});
