import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openLedger } from "../../src/ledger/open-ledger.ts";
import { agreementTests } from "./agreement-tests.ts";
import { auditTests } from "./audit-tests.ts";
import { caseTests } from "./case-tests.ts";
import { evidenceTests } from "./evidence-tests.ts";
import { feedTests } from "./feed-tests.ts";
import { leaseTests } from "./lease-tests.ts";
import { ledgerBench } from "./ledger-bench.ts";
import { outboxTests } from "./outbox-tests.ts";
import { sessionTests } from "./session-tests.ts";
import { reviewTests } from "./review/review-tests.ts";
import { storeTests } from "./store-tests.ts";

describe("a ledger in a file", () => {
  const bench = ledgerBench();
  storeTests(bench);
  leaseTests(bench);
  auditTests(bench);
  agreementTests(bench);
  caseTests(bench);
  outboxTests(bench);
  evidenceTests(bench);
  feedTests(bench);
  sessionTests(bench);
  reviewTests(bench);

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

  it("says where no database answers, and not with which password it was asked", async () => {
    const { dataDir } = await bench.place();
    const url = "postgresql://ana:s3cret@127.0.0.1:1/ledger?application_name=s3cret";
    const opening = openLedger({ dataDir, url, now: () => new Date(0) });
    const error: unknown = await opening.catch((cause: unknown) => cause);
    expect(error).toMatchObject({ code: "SW_LEDGER_AWAY" });
    expect(String(error)).toContain("postgresql://127.0.0.1:1/ledger");
    expect(String(error)).not.toContain("s3cret");
  });
});
