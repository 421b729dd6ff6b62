import { copyFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { openDirectives } from "../../src/ledger/directives/open-directives.ts";
import { acquire } from "../../src/ledger/lease.ts";
import { openLedger } from "../../src/ledger/open-ledger.ts";
import { agreementTests } from "./agreement-tests.ts";
import { auditTests } from "./audit-tests.ts";
import { caseTests } from "./case-tests.ts";
import { directiveBench, inForce } from "./directive-bench.ts";
import { directiveTests } from "./directive-tests.ts";
import { evidenceTests } from "./evidence-tests.ts";
import { feedTests } from "./feed-tests.ts";
import { leaseTests } from "./lease-tests.ts";
import { ledgerBench, ledgerFolder } from "./ledger-bench.ts";
import { outboxTests } from "./outbox-tests.ts";
import { type PostgresCluster, startCluster } from "./postgres-cluster.ts";
import { sessionTests } from "./session-tests.ts";
import { reviewTests } from "./review/review-tests.ts";
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
  agreementTests(bench);
  caseTests(bench);
  outboxTests(bench);
  evidenceTests(bench);
  feedTests(bench);
  sessionTests(bench);
  reviewTests(bench);

  it("lets the server's clock decide when a lease runs out, whatever a node's own says", async () => {
    const { open } = await bench.place();
    const late = await open(() => new Date("2100-01-01"));
    const early = await open(() => new Date("2000-01-01"));
    const held = await acquire(early, "judge", "early", 60_000);
    expect(held!.untilMs).toBeGreaterThan(Date.parse("2020-01-01"));
    expect(held!.untilMs).toBeLessThan(Date.parse("2099-01-01"));
    expect(await acquire(late, "judge", "late", 60_000)).toBeUndefined();
  });

  it("is not used by a node with keys of its own", async () => {
    const { url, open } = await bench.place();
    const ledger = await open();
    const dataDir = ledgerFolder();
    onTestFinished(() => rmSync(dataDir, { recursive: true }));
    const other = () => openLedger({ dataDir, url, now: () => new Date(0) });
    await (await other()).close();
    const entry = { actor: "system:test", action: "test.done", object: "test:1" };
    await ledger.change(({ record }) => Promise.resolve(record(entry)));
    await expect(other()).rejects.toMatchObject({ code: "SW_LEDGER_KEYS" });
    copyFileSync(join(ledger.dataDir, "ledger-keys.json"), join(dataDir, "ledger-keys.json"));
    await (await other()).close();
  });
});

describe("directives in PostgreSQL", () => {
  directiveTests(directiveBench(() => cluster.database()));

  const ledgers = ledgerBench(() => cluster.database());
  it("have a schema of their own beside a ledger in the same database, also when several nodes begin at once", async () => {
    const { dataDir, url, open } = await ledgers.place();
    const ledger = await open();
    const now = () => new Date(0);
    const stores = await Promise.all([1, 2, 3].map(() => openDirectives({ dataDir, url, now })));
    await inForce(stores[0]!);
    const rows = await ledger.read((tables) => tables.selectFrom("audit").selectAll().execute());
    expect(rows).toEqual([]);
    for (const store of stores) await store.close();
  });
});
