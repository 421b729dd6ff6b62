import { afterAll, beforeAll, expect, it } from "vitest";
import type { Calendar } from "../../src/core/calendar.ts";
import { loadSecret } from "../../src/ingest/installation-secret.ts";
import { loadAccounts } from "../../src/ingest/load-accounts.ts";
import { readAccountFacts } from "../../src/judge/read-account-facts.ts";
import { type IntakeBench, openBench } from "../ingest/intake-bench.ts";

const DAY = 86_400;
const at = (day: number): string => new Date(day * DAY * 1000).toISOString();

let bench: IntakeBench;
beforeAll(async () => {
  bench = await openBench();
  const file = bench.file(
    "accounts.ndjson",
    [
      { account: "a", plan: "free" },
      { account: "a", plan: "pro", time: at(10) },
      { account: "b", plan: "free", time: at(5), suspended: at(6) },
      { account: "c", plan: "free" },
    ]
      .map((line) => JSON.stringify(line))
      .join("\n"),
  );
  await loadAccounts({ ...bench, file, secret: await loadSecret(bench.dataDir) });
});
afterAll(() => bench.close());

const calendar: Calendar = {
  releases: [],
  unusualDays: new Set(),
  suspensions: [
    { time: 20 * DAY, accounts: ["a"] },
    { time: 8 * DAY, accounts: ["a", "b", "unheard"] },
  ],
};

/** `[account, day from which it holds, plan, day of suspension]`. */
const told = async (only?: readonly string[]) =>
  (await readAccountFacts(bench.warehouse, calendar, only)).map((fact) => [
    fact.account,
    fact.from / DAY,
    fact.plan,
    fact.suspended / DAY,
  ]);

it("has a line from each suspension on, which says the rest as the line before it", async () => {
  expect(await told()).toEqual([
    ["c", 0, "free", 0],
    ["a", 0, "free", 0],
    ["a", 8, "free", 8],
    ["a", 10, "pro", 8],
    ["a", 20, "pro", 20],
    // What a line says of its own account's suspension holds.
    ["b", 5, "free", 6],
    ["b", 8, "free", 6],
    ["unheard", 8, "", 8],
  ]);
});

it("tells of those who are asked for, under the numbers that the traffic has", async () => {
  expect(await told(["c", "unheard"])).toEqual([
    ["c", 0, "free", 0],
    ["unheard", 8, "", 8],
  ]);
  const [known] = await readAccountFacts(bench.warehouse, undefined, ["a"]);
  const [line] = await readAccountFacts(bench.warehouse, calendar, ["a"]);
  expect(line!.account_hash).toBe(known!.account_hash);
});

it("is what the warehouse says where there is no calendar", async () => {
  const none = { ...calendar, suspensions: [] };
  expect(await readAccountFacts(bench.warehouse, none)).toEqual(
    await readAccountFacts(bench.warehouse, undefined),
  );
});
