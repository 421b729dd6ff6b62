import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { StillwatchError } from "../../src/core/errors.ts";
import { loadSecret } from "../../src/ingest/installation-secret.ts";
import { loadAccounts } from "../../src/ingest/load-accounts.ts";
import { readTexts } from "../../src/ingest/text-vault.ts";
import { gatherEvidence, type TextsOf } from "../../src/ledger/gather-evidence.ts";
import { type Ledger, openLedger } from "../../src/ledger/open-ledger.ts";
import { readEvidence } from "../../src/ledger/preserve-evidence.ts";
import { readCase, readCases } from "../../src/ledger/read-cases.ts";
import { keepCases } from "../../src/server/keep-cases.ts";
import { exchange, type IntakeBench, openBench } from "../ingest/intake-bench.ts";
import { ledgerFolder } from "./ledger-bench.ts";
import { sampleGroup } from "./sample-group.ts";

const ACCOUNTS = ["acct_0", "acct_1", "acct_2"];
const random = (bytes: number): Buffer => Buffer.alloc(bytes, 7);

let bench: IntakeBench;
let textsOf: TextsOf;

/** Ten exchanges an account; of `acct_0` the contract keeps text, of `acct_1` it did when they came in, of `acct_2` never. */
beforeAll(async () => {
  bench = await openBench();
  const secret = await loadSecret(bench.dataDir);
  textsOf = (ids) => readTexts(bench.warehouse, secret, ids);
  const say = async (name: string, lines: readonly object[]) => {
    const file = bench.file(name, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
    await loadAccounts({ warehouse: bench.warehouse, file, secret });
  };
  await say("accounts.ndjson", [
    { account: "acct_0", text: "keep" },
    { account: "acct_1", text: "keep" },
    { account: "acct_2", text: "none" },
  ]);
  const lines = Array.from({ length: 30 }, (_, i) => ({
    ...exchange(i),
    account: ACCOUNTS[i % 3],
  }));
  const file = bench.file("x.ndjson", lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  await bench.load([file], { keepTextDays: 7 });
  await say("later.ndjson", [{ account: "acct_1", text: "none", time: "2026-04-30T00:00:00Z" }]);
});

afterAll(() => bench.close());

describe("what is preserved of a flagged group", () => {
  const group = () => {
    const base = sampleGroup(ACCOUNTS, {
      first_seen: "2026-01-01T00:00:00.000Z",
      last_seen: "2026-12-31T00:00:00.000Z",
    });
    const [finding] = base.evidence;
    return { ...base, evidence: [{ ...finding!, examples: ["ex_0", "ex_1", "ex_2", "ex_3"] }] };
  };

  it("is what its evidence cites, and three more of each member at random", async () => {
    const found = await gatherEvidence(bench.warehouse, group(), { textsOf, random });
    const cited = found.filter((one) => one.cited).map((one) => one.exchange);
    expect(cited.toSorted()).toEqual(["ex_0", "ex_1", "ex_2", "ex_3"]);
    const others = Map.groupBy(
      found.filter((one) => !one.cited),
      ({ account }) => account,
    );
    expect([...others].map(([account, all]) => [account, all.length])).toEqual(
      ACCOUNTS.map((account) => [account, 3]),
    );
    expect(await gatherEvidence(bench.warehouse, group(), { textsOf, random })).toEqual(found);
    const otherwise = (bytes: number): Buffer => Buffer.alloc(bytes, 9);
    const again = await gatherEvidence(bench.warehouse, group(), { textsOf, random: otherwise });
    expect(again.map((one) => one.exchange)).not.toEqual(found.map((one) => one.exchange));
  });

  it("holds words only where the contract allows it now", async () => {
    const found = await gatherEvidence(bench.warehouse, group(), { textsOf, random });
    for (const { account, content, withText } of found) {
      expect(withText, account).toBe(account === "acct_0");
      expect("prompt" in content, account).toBe(account === "acct_0");
      expect(content).toMatchObject({ account, model: "orion-4" });
      expect((content["keys"] as readonly string[]).length).toBeGreaterThan(0);
    }
  });

  it("is of the time the group was seen", async () => {
    const early = { ...group(), last_seen: "2026-01-02T00:00:00.000Z" };
    expect(await gatherEvidence(bench.warehouse, early, { textsOf, random })).toEqual([]);
  });
});

describe("a server that keeps cases", () => {
  const NOON = new Date("2026-05-01T12:00:00Z");
  const keeperOn = async (ledger: Ledger, onFailure: (error: unknown) => void) => {
    const secret = await loadSecret(bench.dataDir);
    return keepCases({ ledger, warehouse: bench.warehouse, secret, onFailure, retryMs: 1 });
  };

  it("opens a case for a flagged group, with its evidence, and follows it", async () => {
    const failures: unknown[] = [];
    const onFailure = (error: unknown) => void failures.push(error);
    const ledger = await openLedger({ dataDir: bench.dataDir, now: () => NOON });
    const keeper = await keeperOn(ledger, onFailure);
    const group = sampleGroup(ACCOUNTS, {
      first_seen: "2026-01-01T00:00:00.000Z",
      last_seen: "2026-12-31T00:00:00.000Z",
      evidence: [],
    });
    keeper.assessed([{ ...group, assessment: "watch" }]);
    keeper.assessed([group]);
    keeper.assessed([{ ...group, exchanges: 31 }]);
    await keeper.close();
    expect(failures).toEqual([]);
    const { case: row, history } = await readCase(ledger, 1);
    expect(row.exchanges).toBe(31);
    expect(history.map(({ action }) => action)).toEqual([
      "case.opened",
      "evidence.preserved",
      "case.measured",
      "case.updated",
    ]);
    expect(await readEvidence(ledger, 1)).toHaveLength(9);
    await ledger.close();
  });

  it("says once that its ledger is away, and opens the case when it is back", async () => {
    const dataDir = ledgerFolder();
    const kept = await openLedger({ dataDir, now: () => NOON });
    let refusals = 0;
    const isAway = () => new StillwatchError("SW_LEDGER_FAILED", { reason: "it is away" });
    const ledger: Ledger = {
      ...kept,
      change: (work) => (refusals++ < 3 ? Promise.reject(isAway()) : kept.change(work)),
    };
    const failures: unknown[] = [];
    const keeper = await keeperOn(ledger, (error) => void failures.push(error));
    keeper.assessed([sampleGroup(ACCOUNTS)]);
    await expect.poll(() => readCases(kept)).toHaveLength(1);
    await keeper.close();
    expect(failures).toEqual([isAway()]);
    await kept.close();
    rmSync(dataDir, { recursive: true });
  });
});
