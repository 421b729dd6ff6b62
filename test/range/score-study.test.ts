import { describe, expect, it } from "vitest";
import type { Hypothesis } from "../../src/core/hypothesis.ts";
import type { AccountCensus } from "../../src/range/score-census.ts";
import { scorePeople } from "../../src/range/score-people.ts";
import { scoreStudy } from "../../src/range/score-study.ts";
import type { Truth } from "../../src/range/world.ts";

const FROM = Date.parse("2026-11-01T00:00:00.000Z");
const HOUR = 3_600_000;

const TRUTH: Truth = {
  seed: "1",
  campaigns: [
    {
      id: "c1",
      name: "first",
      accounts: ["a", "b", "c"],
      exchanges: 30,
      from: new Date(FROM).toISOString(),
      hours: [10, 10, 10],
    },
  ],
  lookalikes: [{ id: "l1", family: "class", accounts: ["k", "l", "m"], exchanges: 9 }],
};

function hypothesis(rank: number, accounts: readonly string[], flagged: number | null): Hypothesis {
  return {
    rank,
    accounts,
    exchanges: 100,
    coordination_bits: 20,
    harvest_bits: 15,
    last_coordination_bits: 21,
    last_harvest_bits: 16,
    signals: [
      { signal: "echo", bits: 7, testified: true },
      { signal: "payment", bits: 0, testified: false },
    ],
    q_value: 0.001,
    flagged_at: flagged,
  };
}

function known(own: Partial<AccountCensus>): AccountCensus {
  return {
    language: "de",
    region: "eu",
    plan: "pro",
    means: [],
    exchanges: 1,
    spend: 0,
    campaigns: new Map(),
    ...own,
  };
}

describe("the score of what was tested", () => {
  const study = {
    hypotheses: [
      hypothesis(1, ["a", "b", "k"], FROM + HOUR),
      hypothesis(2, ["k", "l", "x"], null),
      hypothesis(3, ["x", "y", "z"], null),
    ],
    ablations: [
      { without: "", flagged: [{ rank: 1, at: FROM + HOUR }] },
      { without: "echo", flagged: [{ rank: 2, at: FROM + 2 * HOUR }] },
    ],
  };
  const census = new Map([
    ["k", known({ means: ["payment 1"] })],
    ["l", known({ means: ["payment 1", "phone 2"] })],
  ]);
  const score = scoreStudy(study, TRUTH, census);

  it("tells operations, families and strangers apart", () => {
    expect(score.hypotheses).toMatchObject([
      { positive: true, flagged: true, running: 15 },
      { positive: false, family: "class", oneOwner: true },
      { positive: false, family: "people", oneOwner: false },
    ]);
  });

  it("leaves out a signal that gathered the group", () => {
    expect(score.hypotheses[0]?.signals).toEqual({ echo: 7 });
  });

  it("counts an operation's exchanges up to its first flag, with and without a signal", () => {
    expect(score.ablations).toEqual([
      { without: "", found: { c1: 10 }, flagged: 1, falseFlags: 0 },
      { without: "echo", found: {}, flagged: 1, falseFlags: 1 },
    ]);
  });
});

it("counts people by language, region and plan, operations' accounts left out", () => {
  const census = new Map([
    ["a", known({})],
    ["k", known({})],
    ["x", known({ language: "zh", region: "ap" })],
  ]);
  const groups = [{ accounts: ["a", "k"], assessment: "campaign" as const, detected_at: null }];
  expect(scorePeople(groups, TRUTH, census)).toEqual([
    { trait: "language", value: "de", accounts: 1, flagged: 1 },
    { trait: "language", value: "zh", accounts: 1, flagged: 0 },
    { trait: "region", value: "ap", accounts: 1, flagged: 0 },
    { trait: "region", value: "eu", accounts: 1, flagged: 1 },
    { trait: "plan", value: "pro", accounts: 2, flagged: 1 },
  ]);
});
