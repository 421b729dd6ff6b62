import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { acquire } from "../../src/ledger/lease.ts";
import { auditTests } from "./audit-tests.ts";
import { caseTests } from "./case-tests.ts";
import { evidenceTests } from "./evidence-tests.ts";
import { feedTests } from "./feed-tests.ts";
import { leaseTests } from "./lease-tests.ts";
import { ledgerBench } from "./ledger-bench.ts";
import { type PostgresCluster, startCluster } from "./postgres-cluster.ts";
import { storeTests } from "./store-tests.ts";

let cluster: PostgresCluster;

beforeAll(async () => {
  cluster = await startCluster();
});

afterAll(async () => {
  await cluster.stop();
});

describe("a ledger in PostgreSQL", () => {
  const bench = ledgerBench(() => cluster.database());
  storeTests(bench);
  leaseTests(bench);
  auditTests(bench);
  caseTests(bench);
  evidenceTests(bench);
  feedTests(bench);

  it("lets the server's clock decide when a lease runs out, whatever a node's own says", async () => {
    const { open } = await bench.place();
    const late = await open(() => new Date("2100-01-01"));
    const early = await open(() => new Date("2000-01-01"));
    const held = await acquire(early, "judge", "early", 60_000);
    expect(held!.untilMs).toBeGreaterThan(Date.parse("2020-01-01"));
    expect(held!.untilMs).toBeLessThan(Date.parse("2099-01-01"));
    expect(await acquire(late, "judge", "late", 60_000)).toBeUndefined();
  });
});
