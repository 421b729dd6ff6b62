import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { silent } from "../../src/core/progress.ts";
import { readForgotten } from "../../src/ingest/forgotten-record.ts";
import { allKeys, loadSecret } from "../../src/ingest/installation-secret.ts";
import { loadAccounts } from "../../src/ingest/load-accounts.ts";
import { openSpool } from "../../src/ingest/spool.ts";
import { deriveFeatures } from "../../src/judge/derive-features.ts";
import { forgetAccounts, type ForgetOptions } from "../../src/judge/forget-accounts.ts";
import { runHere } from "../cli/run-here.ts";
import { exchange, type IntakeBench, NOW, openBench } from "../ingest/intake-bench.ts";

/** Accounts 0 to 6; 1 alone shares an answer and a card with 2, so that what they share goes with it. */
const LINES = Array.from({ length: 70 }, (_, i) => {
  const own =
    i % 7 === 1 || i % 7 === 2 ? { content: `Two of us asked about tide ${i % 10}.` } : undefined;
  const request = { messages: [{ role: "user", content: `Describe harbour ${i}.`, ...own }] };
  return exchange(i, { request });
}) as readonly { readonly account: string }[];
const ABOUT = [
  { account: "acct_1", text: "keep", payment: "card" },
  { account: "acct_2", text: "keep", payment: "card", parent: "acct_1" },
];
const TABLES = [
  "exchanges",
  "pairs",
  "issued",
  "activity",
  "shared",
  "accounts",
  "sealed_texts",
  "text_keys",
];

let bench: IntakeBench;
let dataDir: string;
let withAccounts: readonly object[];

/** A folder with lines, their features derived; `secrets` of another folder. */
async function fill(
  lines: readonly object[],
  about: readonly object[],
  secrets?: string,
): Promise<IntakeBench> {
  const made = await openBench();
  await made.warehouse.close();
  if (secrets !== undefined)
    copyFileSync(join(secrets, "secrets.json"), join(made.dataDir, "secrets.json"));
  const opened = await openBench(made.dataDir);
  const text = (all: readonly object[]) => all.map((one) => `${JSON.stringify(one)}\n`).join("");
  const secret = await loadSecret(opened.dataDir);
  const file = opened.file("accounts.ndjson", text(about));
  await loadAccounts({ warehouse: opened.warehouse, file, secret });
  await opened.load([opened.file("lines.ndjson", text(lines))], { keepTextDays: 7 });
  await deriveFeatures(opened.warehouse, silent);
  return opened;
}

/** Rows of tables in an order of their own, without what is random. */
async function rowsOf(from: IntakeBench, tables: readonly string[]) {
  const rows: unknown[] = [];
  for (const table of tables) {
    const all = await from.ask(`SELECT * FROM ${table}`);
    rows.push([table, all.map((row) => JSON.stringify(row)).toSorted()]);
  }
  return rows;
}

beforeAll(async () => {
  bench = await fill(LINES, ABOUT);
  dataDir = bench.dataDir;
  withAccounts = await bench.ask(
    "SELECT DISTINCT table FROM system.columns WHERE database = currentDatabase() AND name IN ('account', 'account_hash') AND table IN (SELECT name FROM system.tables WHERE engine != 'Memory') ORDER BY table",
  );
  await bench.warehouse.close();
  writeFileSync(
    join(dataDir, "last-scan.json"),
    JSON.stringify({ groups: [{ accounts: ["acct_1"] }] }),
  );
});
afterAll(() => bench.close());

const forget = (accounts: readonly string[], change: Partial<ForgetOptions> = {}) =>
  forgetAccounts({ dataDir, accounts, dryRun: false, now: NOW, progress: silent, ...change });

describe("forgetting accounts", () => {
  it("knows every table with accounts: a new one is taken into forget-accounts.ts and rows-of-forgetting.sql", () => {
    const named = TABLES.filter((table) => table !== "shared").toSorted();
    expect(withAccounts).toEqual(named.map((table) => ({ table })));
  });

  it("says what it would remove, and removes nothing", async () => {
    const found = { exchanges: 10, accounts: 1, sealed_texts: 1, text_keys: 1, activity: 1 };
    expect(await forget(["acct_1"], { dryRun: true })).toMatchObject({
      kind: "dry run",
      found,
      lastScan: true,
    });
    expect(await forget(["acct_1"], { dryRun: true })).toMatchObject({ found });
  });

  it("knows no account of another name, and says which is near", async () => {
    await expect(forget(["acct_1", "acct_11"])).rejects.toMatchObject({ code: "SW_NAME_UNKNOWN" });
    await expect(forget(["acct_22"])).rejects.toThrow(/Did you mean acct_2/);
    await expect(forget(["acct_1"], { dataDir: `${dataDir}-not` })).rejects.toMatchObject({
      code: "SW_DATA_MISSING",
    });
  });

  it("removes everything, also what still waits in the spool, and keeps a sealed record without the name", async () => {
    const spool = await openSpool(dataDir);
    const part = await spool.beginPart();
    await part.append(
      [Buffer.from(`${JSON.stringify(exchange(1001, { account: "acct_1" }))}\n`)],
      1,
    );
    await part.end();
    writeFileSync(join(dataDir, "alerts.json"), "x".repeat(65_533) + "acct_1");
    const done = await forget(["acct_1"]);
    if (done.kind !== "forgotten") throw new Error(done.kind);
    const { removed, left } = done.record;
    expect(removed).toMatchObject({ exchanges: 11, accounts: 1, sealed_texts: 1, text_keys: 1 });
    expect(removed["pairs"]).toBeGreaterThan(10);
    expect(Object.values(left).every((rows) => rows === 0)).toBe(true);
    expect(done.record).toMatchObject({
      last_scan_removed: true,
      named_as_parent: 1,
      named_in: ["alerts.json"],
    });
    expect(readFileSync(join(dataDir, "forgotten.ndjson"), "utf8")).not.toContain("acct_1");
  });

  it("leaves what a folder holds that never heard of the account", async () => {
    const others = LINES.filter(({ account }) => account !== "acct_1");
    const without = await fill(others, ABOUT.slice(1), dataDir);
    const left = await openBench(dataDir);
    const tables = ["exchanges", "pairs", "issued", "activity", "shared"];
    const [mine, theirs] = [await rowsOf(left, tables), await rowsOf(without, tables)];
    await left.warehouse.close();
    await without.close();
    expect(mine).toEqual(theirs);
  });

  it("leaves no file of the deleted rows, nor the name in what the engine keeps of the deletion", async () => {
    const left = await openBench(dataDir);
    const files = await left.ask(
      "SELECT table, name FROM system.parts WHERE NOT active AND rows > 0 AND table != 'migrations'",
    );
    const said = await left.ask("SELECT command FROM system.mutations");
    await left.warehouse.close();
    expect(files).toEqual([]);
    expect(JSON.stringify(said)).not.toContain("acct_1");
  });

  it("says of an account that was forgotten when that was", async () => {
    expect(await forget(["acct_1"])).toMatchObject({
      kind: "forgotten before",
      records: [{ time: NOW.toISOString() }],
    });
    const said = await runHere("forget", "acct_1", "--data", dataDir, "--quiet");
    expect(said).toMatchObject({ code: 0 });
    expect(said.stdout).toContain("forgotten 2026-05-01T12:00:00.000Z");
  });

  it("chains its records, and notices where one was changed or removed", async () => {
    await forget(["acct_2", "acct_3"]);
    const keys = await allKeys(dataDir);
    expect(await readForgotten(dataDir, keys)).toHaveLength(2);
    expect((await runHere("forget", "--list", "--data", dataDir)).stdout).toMatch(
      /2 accounts: removed 20 of exchanges/,
    );
    const path = join(dataDir, "forgotten.ndjson");
    const whole = readFileSync(path, "utf8");
    const [first = "", second = ""] = whole.split("\n");
    for (const [changed, line] of [
      [whole.replace('"exchanges":11', '"exchanges":10'), 1],
      [`${second}\n`, 1],
      [`${second}\n${first}\n`, 1],
      [`${first}\n${second}\nx`, 1],
    ] as const) {
      const copy = `${dataDir}-records`;
      mkdirSync(copy, { recursive: true });
      writeFileSync(join(copy, "forgotten.ndjson"), changed);
      await expect(readForgotten(copy, keys)).rejects.toMatchObject({
        code: "SW_RECORD_BROKEN",
        details: { line },
      });
    }
  });
});
