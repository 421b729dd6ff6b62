import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, describe, expect, it } from "vitest";
import { feedHead } from "../../src/ledger/decision-feed.ts";
import { liftDecision } from "../../src/ledger/decisions.ts";
import { forgetClosedCases } from "../../src/ledger/forget-evidence.ts";
import { moveCase } from "../../src/ledger/move-case.ts";
import type { Ledger } from "../../src/ledger/open-ledger.ts";
import {
  type DecisionChanges,
  type Decisions,
  type DecisionsOptions,
  openDecisions,
} from "../../src/response/open-decisions.ts";
import { confirmedCase, limit } from "../ledger/feed-tests.ts";
import { ledgerBench } from "../ledger/ledger-bench.ts";
import { names } from "../ledger/sample-group.ts";

const bench = ledgerBench();
const opened: Decisions[] = [];
const by = "ana";
const reason = "one crew";

afterEach(async () => {
  for (const decisions of opened.splice(0)) await decisions.close();
});

async function open(ledger: Ledger, change: Partial<DecisionsOptions> = {}): Promise<Decisions> {
  const decisions = await openDecisions({
    ledger,
    now: ledger.now,
    clock: () => 0,
    staleAfterMs: Number.POSITIVE_INFINITY,
    pollMs: 20,
    onFailure: (error) => {
      throw error;
    },
    ...change,
  });
  opened.push(decisions);
  return decisions;
}

const actionOf = (decisions: Decisions, account: string) => decisions.decide({ account }).action;

describe("decisions in memory", () => {
  it("are what another opening of the ledger decides and lifts, a moment later", async () => {
    const place = await bench.place();
    const writer = await place.open();
    await confirmedCase(writer, names(3));
    await limit(writer, ["a1"]);
    const [one, two] = [await open(await place.open()), await open(await place.open())];
    expect(actionOf(one, "a1")).toBe("limit");
    await limit(writer, ["a2", "a3"]);
    await liftDecision(writer, { decision: 1, by, reason });
    for (const decisions of [one, two]) {
      await expect.poll(() => decisions.sequence).toBe(await feedHead(writer));
      const actions = names(3).map((account) => actionOf(decisions, account));
      expect(actions).toEqual(["allow", "limit", "limit"]);
    }
    expect([...one.entries()]).toEqual([...two.entries()]);
    const { accounts, sequence, answered } = one.state();
    expect({ accounts, sequence }).toEqual({ accounts: 2, sequence: two.sequence });
    expect(answered).toMatchObject({ allow: expect.any(Number), deny: 0 });
  });

  it("tell who listens what changed, and who was away what they missed", async () => {
    const ledger = await (await bench.place()).open();
    await confirmedCase(ledger, names(4));
    const decisions = await open(ledger, { remembered: 3 });
    const heard: (DecisionChanges | undefined)[] = [];
    const stop = decisions.listen((changes) => heard.push(changes));
    const begin = decisions.sequence;
    await limit(ledger, ["a1", "a2"]);
    await expect.poll(() => heard.length).toBe(1);
    const middle = decisions.sequence;
    expect(heard[0]).toMatchObject({ since: begin, sequence: middle });
    expect(heard[0]!.entries.map(({ account }) => account)).toEqual(["a1", "a2"]);
    expect(decisions.changesAfter(begin)).toEqual(heard[0]!.entries);
    stop();
    await liftDecision(ledger, { decision: 1, by, reason });
    await expect.poll(() => decisions.sequence).toBe(middle + 1);
    expect(heard).toHaveLength(1);
    const missed = decisions.changesAfter(middle);
    expect(missed!.map(({ account, action }) => [account, action])).toEqual([
      ["a1", "allow"],
      ["a2", "allow"],
    ]);
    expect(decisions.changesAfter(middle + 1)).toEqual([]);
    expect(decisions.changesAfter(begin)).toBeUndefined();
    expect(decisions.changesAfter(middle + 2)).toBeUndefined();
  });

  it("let go what a forgotten case decided", async () => {
    let now = new Date(0);
    const ledger = await (await bench.place()).open(() => now);
    await confirmedCase(ledger, names(2));
    await limit(ledger, undefined, "1990-01-01");
    await moveCase(ledger, { number: 1, move: { to: "upheld" }, by, reason });
    const decisions = await open(ledger);
    expect(actionOf(decisions, "a1")).toBe("limit");
    now = new Date("1975-01-01");
    await forgetClosedCases(ledger);
    await expect.poll(() => decisions.sequence).toBe(await feedHead(ledger));
    expect(actionOf(decisions, "a1")).toBe("allow");
    expect(decisions.changesAfter(decisions.sequence - 1)).toHaveLength(2);
  });

  it("stay as they were while the ledger is out of reach, are let go when that lasts too long, and come back", async () => {
    const place = await bench.place();
    const ledger = await place.open();
    await confirmedCase(ledger, names(2));
    await limit(ledger);
    const failures: unknown[] = [];
    let clock = 0;
    const denied = {
      action: "deny",
      reason: "export_control",
      expires: null,
      case: null,
      directive: "x1",
      decision: null,
    } as const;
    const decisions = await open(ledger, {
      clock: () => clock,
      onFailure: (error) => failures.push(error),
      staleAfterMs: 60_000,
      restrictions: {
        restrict: () => undefined,
        restrictStale: ({ model }) => (model === "orion-4" ? denied : undefined),
      },
    });
    const file = new DatabaseSync(join(place.dataDir, "ledger.db"));
    file.exec("ALTER TABLE audit RENAME TO away");
    await expect.poll(() => failures.length).toBe(1);
    clock = 60_000;
    expect(decisions.state()).toMatchObject({ ageSeconds: 60, stale: false });
    expect(actionOf(decisions, "a1")).toBe("limit");
    clock = 60_001;
    expect(decisions.decide({ account: "a1" })).toMatchObject({ action: "allow", reason: "stale" });
    expect(decisions.decide({ account: "b1", model: "orion-4" })).toEqual(denied);
    file.exec("ALTER TABLE away RENAME TO audit");
    file.close();
    await expect.poll(() => actionOf(decisions, "a1")).toBe("limit");
    expect(decisions.decide({ account: "b1", model: "orion-4" }).action).toBe("allow");
    expect(failures).toMatchObject([{ code: "SW_LEDGER_FAILED" }]);
  });

  it("are read anew where the ledger was put back to an earlier state", async () => {
    const place = await bench.place();
    const ledger = await place.open();
    await confirmedCase(ledger, names(2));
    await limit(ledger, ["a1"]);
    const decisions = await open(ledger);
    const before = decisions.sequence;
    await limit(ledger, ["a2"]);
    await expect.poll(() => decisions.sequence).toBeGreaterThan(before);
    expect(actionOf(decisions, "a2")).toBe("limit");
    const heard: unknown[] = [];
    decisions.listen((changes) => heard.push(changes));
    const file = new DatabaseSync(join(place.dataDir, "ledger.db"));
    file.exec(
      "BEGIN IMMEDIATE; DROP TRIGGER audit_kept; DELETE FROM audit WHERE action = 'case.acted' AND sequence = (SELECT max(sequence) FROM audit); DELETE FROM decisions WHERE number = 2; COMMIT",
    );
    file.close();
    await expect.poll(() => heard).toEqual([undefined]);
    expect(actionOf(decisions, "a2")).toBe("allow");
    expect(actionOf(decisions, "a1")).toBe("limit");
    expect(decisions.sequence).toBe(before);
  });

  it("aren't served where the ledger can't be read at first", async () => {
    const ledger = await (await bench.place()).open();
    await ledger.close();
    await expect(open(ledger)).rejects.toMatchObject({ code: "SW_LEDGER_FAILED" });
  });
});
