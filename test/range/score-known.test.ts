import { describe, expect, it } from "vitest";
import type { GivenOutcome } from "../../src/core/hypothesis.ts";
import { knownGroups, scoreKnown } from "../../src/range/score-known.ts";
import { knownSheet } from "../../src/range/score-known-sheet.ts";
import type { CampaignTruth, Truth } from "../../src/range/world.ts";
import { campaignScore, worldResult } from "./score-sample.ts";

const HOUR = 3_600_000;
const FROM = Date.parse("2026-11-01T00:00:00Z");

function campaign(id: string, accounts: readonly string[], relay?: true): CampaignTruth {
  const from = new Date(FROM).toISOString();
  const own = relay === undefined ? {} : { relay };
  return { id, name: id, accounts, exchanges: 30, from, hours: [10, 10, 10], ...own };
}

function outcome(id: string, own: Partial<GivenOutcome> = {}): GivenOutcome {
  return {
    id,
    coordination_bits: 9,
    harvest_bits: 3,
    flagged_at: null,
    coordinated_at: FROM + HOUR,
    harvested_at: null,
    flagged_in_order_at: null,
    coordinated_in_order_at: FROM + 2 * HOUR,
    signals: [{ signal: "echo", bits: 9, testified: true }],
    members: ["a", "b", "x"],
    ...own,
  };
}

const TRUTH: Truth = {
  seed: "1",
  campaigns: [
    campaign("c1", ["a", "b", "c", "d"]),
    campaign("c2", ["d", "e"]),
    campaign("relay", ["e", "f"], true),
    campaign("apart", ["g"]),
  ],
  lookalikes: [],
};

describe("groups that need no finding", () => {
  it("are an operation's accounts, with those of whoever shares the pool", () => {
    const groups = knownGroups(TRUTH).map(({ accounts }) => accounts.toSorted().join(""));
    expect(groups).toEqual(["abcdef", "abcdef", "abcdef", "g"]);
  });

  it("count the operation's own exchanges up to each passing, and whom of it the evidence is about", () => {
    const flagged = { flagged_at: FROM + HOUR, flagged_in_order_at: FROM + 2 * HOUR };
    const [score] = scoreKnown([outcome("c1", { ...flagged, harvested_at: FROM + HOUR })], TRUTH);
    const exchanges = { alone: 10, inOrder: 20, coordination: 10, harvest: 10 };
    expect(score).toMatchObject({ ...exchanges, told: 0.5 });
  });

  it("are flagged by both axes, a relay's by coordination alone too", () => {
    const scores = scoreKnown([outcome("c1"), outcome("relay")], TRUTH);
    expect(scores).toMatchObject([
      { alone: null, inOrder: null, told: 0 },
      { alone: 10, inOrder: 20 },
    ]);
  });

  it("have a row of all and one an operation, what is never flagged counting all its exchanges", () => {
    const [known] = scoreKnown([outcome("c1")], TRUTH);
    const own = worldResult();
    const score = { ...own.score, campaigns: [campaignScore({ id: "c1" })] };
    const { head, rows } = knownSheet([worldResult({ score, known: [known!] }), own]);
    expect(rows.map(([name]) => name)).toEqual(["(all)", "graders"]);
    expect(Object.fromEntries(head.map((name, i) => [name, rows[1]![i]]))).toMatchObject({
      worlds: "1",
      found: "1/1",
      "N₀": "100",
      alone: "1,000",
      coordination: "10",
      harvest: "1,000",
      bits: "9.0 / 3.0",
      "later axis": "harvest 1/1",
    });
    expect(knownSheet([own]).rows).toEqual([]);
  });
});
