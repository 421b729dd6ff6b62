import { describe, expect, it } from "vitest";
import type { Assessment } from "../../src/core/assessment.ts";
import { type ScoredGroup, scoreScan } from "../../src/range/score-scan.ts";
import { bootstrapMean, wilson } from "../../src/range/score-interval.ts";
import { scoreTable } from "../../src/range/score-table.ts";
import type { Truth } from "../../src/range/world.ts";

const FROM = "2026-11-01T00:00:00.000Z";

const TRUTH: Truth = {
  seed: "1",
  campaigns: [
    {
      id: "c1",
      name: "first",
      accounts: ["a", "b", "c", "d"],
      exchanges: 40,
      from: FROM,
      hours: [0, 10, 10, 20],
    },
    { id: "c2", name: "second", accounts: ["e", "f"], exchanges: 5, from: FROM, hours: [5] },
  ],
  lookalikes: [
    { id: "l1", family: "class", accounts: ["k", "l"], exchanges: 9 },
    { id: "l2", family: "pair", accounts: ["m"], exchanges: 2 },
    { id: "l3", family: "pair", accounts: ["n"], exchanges: 2 },
  ],
};

function group(
  assessment: Assessment,
  accounts: readonly string[],
  detected_at: string | null,
): ScoredGroup {
  return { accounts, assessment, detected_at, coordination_bits: 30, harvest_bits: 20 };
}

function result(groups: readonly ScoredGroup[]): { readonly groups: readonly ScoredGroup[] } {
  return { groups };
}

describe("the score of a scan", () => {
  const score = scoreScan(
    result([
      group("campaign", ["a", "b", "c", "x"], "2026-11-01T03:00:00.000Z"),
      group("campaign", ["m", "y"], "2026-11-01T02:00:00.000Z"),
      group("relay", ["d", "k"], null),
      group("explained", ["k", "l"], null),
    ]),
    TRUTH,
  );

  it("takes recall and precision from flagged groups that are mostly the operation's", () => {
    expect(score.campaigns[0]).toMatchObject({
      detected: true,
      groups: 1,
      recall: 0.75,
      precision: 0.75,
      relayRecall: 0.25,
    });
    expect(score.campaigns[1]).toMatchObject({
      detected: false,
      recall: 0,
      precision: null,
      delayHours: null,
      exchangesBefore: 5,
      shareBefore: 1,
    });
  });

  it("counts the operation's own exchanges up to the alert, and the hours since its first", () => {
    expect(score.campaigns[0]).toMatchObject({
      exchangesBefore: 20,
      shareBefore: 0.5,
      delayHours: 2,
    });
  });

  it("counts a look-alike group as flagged where any of its accounts is", () => {
    expect(score.lookalikes.find((row) => row.family === "pair")).toMatchObject({
      groups: 2,
      groupsFlagged: 1,
      accounts: 2,
      accountsFlagged: 1,
    });
    expect(score.lookalikes.find((row) => row.family === "class")).toMatchObject({
      groupsFlagged: 0,
      accountsRelay: 1,
      assessments: { explained: 2 },
    });
  });

  it("tells flagged strangers from flagged look-alikes", () => {
    expect(score).toMatchObject({
      flaggedGroups: 2,
      falseGroups: 1,
      flaggedAccounts: 6,
      falseAccounts: 3,
      strangers: 2,
    });
  });

  it("finds each of the operations that share a pool, and both of two gathered together", () => {
    const [first, second] = TRUTH.campaigns;
    const shared = { ...second!, accounts: ["c", "d"] };
    const truth = { ...TRUTH, campaigns: [first!, shared] };
    const { campaigns } = scoreScan(
      result([group("campaign", ["a", "b", "c", "d"], "2026-11-01T03:00:00.000Z")]),
      truth,
    );
    expect(campaigns).toMatchObject([
      { detected: true, recall: 1, precision: 1, purity: 1 },
      { detected: true, recall: 1, precision: 1, purity: 0.5 },
    ]);
  });

  it("counts no delay below nothing where a group was flagged before an operation began", () => {
    const { campaigns } = scoreScan(
      result([group("campaign", ["a", "b", "c", "d"], "2026-10-30T00:00:00.000Z")]),
      TRUTH,
    );
    expect(campaigns[0]).toMatchObject({ detected: true, delayHours: 0, exchangesBefore: 0 });
  });

  it("takes a relay as found where it is assessed as one", () => {
    const relay = { ...TRUTH.campaigns[1]!, relay: true as const };
    const groups = [group("relay", ["e", "f"], null)];
    const { campaigns } = scoreScan(result(groups), { ...TRUTH, campaigns: [relay] });
    expect(campaigns[0]).toMatchObject({ detected: true, recall: 1, delayHours: null });
  });

  it("prints a table that names every operation and family", () => {
    const table = scoreTable([score, score]);
    for (const name of ["first", "second", "class", "pair"]) expect(table).toContain(name);
    expect(table).toContain("4 groups flagged in 2 worlds, 2 of them legitimate");
  });
});

it("Wilson's interval of 0 of 300 ends at 1.26 %", () => {
  expect(wilson(0, 300).high).toBeCloseTo(0.01264, 4);
  expect(wilson(0, 0)).toEqual({ mean: 0, low: 0, high: 1 });
});

it("the bootstrap interval holds the mean and is a point for one world", () => {
  const interval = bootstrapMean([0.9, 1, 0.95, 1, 0.8]);
  expect(interval.low).toBeLessThan(interval.mean);
  expect(interval.high).toBeGreaterThan(interval.mean);
  expect(bootstrapMean([0.5])).toEqual({ mean: 0.5, low: 0.5, high: 0.5 });
});
