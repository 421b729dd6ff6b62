import { afterAll, beforeAll, expect, it } from "vitest";
import { silent } from "../../src/core/progress.ts";
import { credentialHash } from "../../src/ingest/credential-hash.ts";
import { loadSecret, sipKeyOf } from "../../src/ingest/installation-secret.ts";
import { loadAccounts } from "../../src/ingest/load-accounts.ts";
import { deriveFeatures } from "../../src/judge/derive-features.ts";
import { learnKeys } from "../../src/judge/learn-keys.ts";
import { measureCases } from "../../src/judge/measure-cases.ts";
import { openCaseFor, openCases } from "../../src/ledger/open-cases.ts";
import { openLedger } from "../../src/ledger/open-ledger.ts";
import { readCase } from "../../src/ledger/read-cases.ts";
import { exchange, type IntakeBench, openBench } from "../ingest/intake-bench.ts";
import { keyedNames } from "../../src/warehouse/statements.gen.ts";
import { confirmedCase, limit } from "../ledger/feed-tests.ts";
import { ledgerBench } from "../ledger/ledger-bench.ts";
import { names, sampleGroup } from "../ledger/sample-group.ts";

const ledgers = ledgerBench();

/** As long as a key's id may be, and one byte longer. */
const LONG_KEYS = ["ключ".repeat(30), "k".repeat(241)];
let bench: IntakeBench;

/** a1 and a2 send an exchange a day for ten days, on the first of them by key_1 both and then by a key of their own, of which b says that the one is its; a3 none. */
beforeAll(async () => {
  bench = await openBench();
  const secret = await loadSecret(bench.dataDir);
  const write = (name: string, lines: readonly object[]) =>
    bench.file(name, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  const file = write("accounts.ndjson", [
    { account: "a1", protected: true, organization: "org_1", created: "2020-02-01T00:00:00Z" },
    { account: "a1", protected: false, program: "education", time: "2026-04-25T00:00:00Z" },
    { account: "a3", agreement: "agr_1", credentials: ["key_3"] },
    { account: "b", credentials: [LONG_KEYS[0]] },
  ]);
  await loadAccounts({ warehouse: bench.warehouse, file, secret });
  const lines = Array.from({ length: 20 }, (_, i) => ({
    ...exchange(i),
    account: `a${(i % 2) + 1}`,
    credential: i < 2 ? "key_1" : LONG_KEYS[i % 2],
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

it("learns whose the keys are that the accounts with steps used: who is said to have them, else who used them", async () => {
  const secret = await loadSecret(bench.dataDir);
  const place = await ledgers.place();
  const ledger = await place.open();
  await confirmedCase(ledger, names(3));
  const hashOf = credentialHash(secret);
  const from = { warehouse: bench.warehouse, secret };
  const known = async () => {
    const rows = await ledger.read((store) =>
      store.selectFrom("account_keys").selectAll().orderBy("account").execute(),
    );
    return Map.groupBy(rows, ({ key }) => key);
  };
  const usersOf = async (id: string) =>
    (await known()).get(hashOf(id) ?? "")?.map(({ account }) => account);
  expect(await learnKeys(ledger, from)).toBe(0);
  await limit(ledger, ["a1"]);
  const rotated = { ...from, secret: { ...secret, id: "another" } };
  expect(await learnKeys(ledger, rotated, ["a1"])).toBe(0);
  expect(await learnKeys(ledger, from, ["a1"])).toBe(2);
  expect([await usersOf("key_1"), await usersOf(LONG_KEYS[0]!)]).toEqual([["a1", "a2"], undefined]);
  expect(await learnKeys(ledger, from)).toBe(0);
  await limit(ledger, ["a2", "a3"]);
  expect(await learnKeys(ledger, from)).toBe(2);
  expect([await usersOf("key_3"), (await known()).size]).toEqual([["a3"], 3]);
  // a3's traffic is gone; by now a2 uses the key that it had.
  await ledger.change(({ tx }) =>
    tx
      .updateTable("account_keys")
      .set({ account: "a3" })
      .where("account", "=", "a2")
      .where("key", "!=", hashOf("key_1"))
      .execute(),
  );
  expect(await learnKeys(ledger, from, ["a3"])).toBe(1);
});

it("makes the engine's hashes of keys' ids of every length", async () => {
  const secret = await loadSecret(bench.dataDir);
  const hashOf = credentialHash(secret);
  const ids = [
    1, 3, 4, 8, 9, 16, 17, 32, 33, 64, 65, 96, 97, 128, 129, 143, 144, 240, 241, 2_000,
  ].map((length) =>
    String.fromCharCode(...Array.from({ length }, (_, i) => 33 + ((7 * i + length) % 90))),
  );
  const rows = await bench.warehouse.rows(keyedNames, {
    ...sipKeyOf(secret),
    kind: "credential",
    names: ids,
  });
  expect(rows).toHaveLength(ids.length);
  for (const { name, hash } of rows) expect(hashOf(name), name).toBe(hash);
});
