import { afterAll, beforeAll, expect, it } from "vitest";
import { silent } from "../../src/core/progress.ts";
import { loadSecret } from "../../src/ingest/installation-secret.ts";
import { loadAccounts } from "../../src/ingest/load-accounts.ts";
import { deriveFeatures } from "../../src/judge/derive-features.ts";
import { measureCases } from "../../src/judge/measure-cases.ts";
import { openCaseFor, openCases } from "../../src/ledger/open-cases.ts";
import { openLedger } from "../../src/ledger/open-ledger.ts";
import { readCase } from "../../src/ledger/read-cases.ts";
import { exchange, type IntakeBench, openBench } from "../ingest/intake-bench.ts";
import { names, sampleGroup } from "../ledger/sample-group.ts";

let bench: IntakeBench;

/** a1 and a2 send an exchange a day for ten days; a3 none. */
beforeAll(async () => {
  bench = await openBench();
  const secret = await loadSecret(bench.dataDir);
  const write = (name: string, lines: readonly object[]) =>
    bench.file(name, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  const file = write("accounts.ndjson", [
    { account: "a1", protected: true, organization: "org_1", created: "2020-02-01T00:00:00Z" },
    { account: "a1", protected: false, program: "education", time: "2026-04-25T00:00:00Z" },
    { account: "a3", agreement: "agr_1" },
  ]);
  await loadAccounts({ warehouse: bench.warehouse, file, secret });
  const lines = Array.from({ length: 20 }, (_, i) => ({
    ...exchange(i),
    account: `a${(i % 2) + 1}`,
    time: `2026-04-${String(11 + Math.floor(i / 2)).padStart(2, "0")}T12:00:00.000Z`,
    usage: { input: 100, output: 10 },
    billed: 0.5,
  }));
  await bench.load([write("x.ndjson", lines)]);
  await deriveFeatures(bench.warehouse, silent);
});

afterAll(() => bench.close());

it("measures what the provider says of a case's accounts and what they did in the last week of traffic", async () => {
  let now = new Date("2026-05-01");
  const ledger = await openLedger({ dataDir: bench.dataDir, now: () => now });
  await openCaseFor(ledger, sampleGroup(names(3)));
  expect(await measureCases(ledger, bench.warehouse)).toBe(1);
  const facts = { protected: 0, organization: "", program: "", agreement: "" };
  const week = { week_exchanges: 7, week_tokens: 770, week_billed: 3.5 };
  const idle = { week_exchanges: 0, week_tokens: 0, week_billed: 0 };
  const byName = async () =>
    (await readCase(ledger, 1)).members.toSorted((a, b) => (a.account < b.account ? -1 : 1));
  expect(await byName()).toMatchObject([
    { ...facts, ...week, account: "a1", program: "education", since: "2020-02-01T00:00:00.000Z" },
    { ...facts, ...week, account: "a2", since: "2026-04-11T12:00:00.000Z" },
    { ...facts, ...idle, account: "a3", agreement: "agr_1", since: null },
  ]);
  const total = await ledger.read((store) =>
    store.selectFrom("traffic_week").selectAll().executeTakeFirst(),
  );
  expect(total).toMatchObject({
    until: "2026-04-20T12:00:00.000Z",
    accounts: 2,
    exchanges: 14,
    tokens: 1540,
    billed: 7,
  });

  expect(await measureCases(ledger, bench.warehouse)).toBe(0);
  await openCases(ledger, [sampleGroup(names(4))]);
  expect(await measureCases(ledger, bench.warehouse)).toBe(1);
  now = new Date("2026-05-02T00:00:01Z");
  expect(await measureCases(ledger, bench.warehouse)).toBe(1);
  const { history } = await readCase(ledger, 1);
  const counts = history
    .filter(({ action }) => action === "case.measured")
    .map(({ details }) => (JSON.parse(details) as { readonly accounts: number }).accounts);
  expect(counts).toEqual([3, 1, 4]);
  await ledger.close();
});
