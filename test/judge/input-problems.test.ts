import { describe, expect, it } from "vitest";
import type { SampleFindings } from "../../src/ingest/examine-sample.ts";
import { inputProblems } from "../../src/judge/input-problems.ts";

const LINES = { lines: 1000, accepted: 1000, rejected: 0 };
const TEXT = {
  kind: "prompt",
  texts: 1000,
  hashed: 0,
  marked: 0,
  longest: 4211,
  at_longest: 1,
  usual: 140,
  at_usual: 6,
  commonest: 12,
};
const HEALTHY: SampleFindings = {
  coverage: {
    exchanges: 1000,
    request: 1000,
    request_text: 990,
    fingerprints: 0,
    answer: 980,
    finish: 980,
    usage: 1000,
    max_tokens: 300,
    system_prompt: 400,
    tools: 100,
    earlier_turns: 300,
    model: 1000,
    credential: 0,
    organization: 0,
    end_user: 0,
    client: 0,
    network: 0,
    platform: 0,
    region: 0,
    http_status: 0,
    billed: 0,
    other_secret: 0,
  },
  accounts: {
    accounts: 50,
    known: 50,
    exchanges: 1000,
    exchanges_known: 1000,
    paying: 50,
    organized: 3,
    dated: 50,
  },
  turns: { going_on: 300, late: 150, joined: 140, answered: 140, echoed: 139 },
  texts: [TEXT, { ...TEXT, kind: "answer" }],
  times: {
    first: "2026-04-22 00:00:00.000",
    last: "2026-04-23 00:00:00.000",
    lines: 1000,
    backward: 10,
    furthest_back_seconds: 4,
    whole_seconds: 1,
    whole_minutes: 0,
    at_once: 2,
  },
  ids: { repeats: 0, twins: 0, numbers: 0, neighbours: 0, usual_gap: 0 },
  unread: [],
};
const ACCOUNTS = { lines: 50, rejected: 0 };

/** What is said when one part of healthy findings is changed. */
function said<K extends keyof SampleFindings>(part: K, change: Partial<SampleFindings[K]>): string {
  const findings = { ...HEALTHY, [part]: { ...HEALTHY[part], ...change } };
  return inputProblems({ lines: LINES, findings, blind: [], accounts: ACCOUNTS })
    .map(({ sentence }) => sentence)
    .join("\n");
}

const saidOfText = (change: Partial<typeof TEXT>): string =>
  inputProblems({
    lines: LINES,
    findings: { ...HEALTHY, texts: [{ ...TEXT, ...change }] },
    blind: [],
  })
    .map(({ sentence }) => sentence)
    .join("\n");

describe("problems of an input", () => {
  it("are none where nothing is wrong", () => {
    expect(said("unread", [])).toBe("");
  });

  it.each([
    [said("turns", { joined: 60 }), "60 % of the requests that go on"],
    [said("turns", { echoed: 40 }), "Only 29 % of the requests that go on bring the answer"],
    [
      said("ids", { numbers: 900, neighbours: 270, usual_gap: 2 }),
      "only about 30 % of the numbers",
    ],
    [said("ids", { numbers: 900, neighbours: 0, usual_gap: 10 }), "only about 10 % of the numbers"],
    [said("ids", { twins: 90 }), "9.0 % of the exchanges stand under two ids"],
    [said("coverage", { answer: 700 }), "30 % of the requests have no answer"],
    [
      said("coverage", { request: 500, request_text: 500 }),
      "50 % of the exchanges have no request",
    ],
    [said("coverage", { other_secret: 1000 }), "100 % of the exchanges are fingerprints made with"],
    [said("accounts", { exchanges_known: 100 }), "90 % of the exchanges are of accounts that"],
    [said("accounts", { paying: 5 }), "90 % of the known accounts have none of payment"],
    [said("times", { at_once: 400 }), "40 % of the lines have one and the same time"],
    [saidOfText({ hashed: 1000 }), "100 % of the prompts look like hashes"],
    [saidOfText({ commonest: 900 }), "One short text stands in 90 % of the prompts"],
    [saidOfText({ longest: 4000, at_longest: 30 }), "cut short at 4000 characters"],
    [saidOfText({ at_usual: 200 }), "cut short at 140 characters"],
    [saidOfText({ marked: 100 }), "The prompts look cut short: what"],
  ])("are told: %s", (sentences, expected) => {
    expect(sentences).toContain(expected);
    expect(sentences.split("\n")).toHaveLength(1);
  });

  it("say nothing of random numbers in ids, and nothing of few cases", () => {
    expect(said("ids", { numbers: 900, neighbours: 0, usual_gap: 99_999 })).toBe("");
    expect(said("ids", { numbers: 12, neighbours: 0, usual_gap: 3 })).toBe("");
    expect(said("turns", { late: 4, joined: 0 })).toBe("");
  });

  it("stop a scan where there is no exchange", () => {
    const none = { lines: 3, accepted: 0, rejected: 3 };
    expect(inputProblems({ lines: none, blind: [] })).toMatchObject([{ level: "stops" }]);
    const empty = { lines: 0, accepted: 0, rejected: 0 };
    expect(inputProblems({ lines: empty, blind: [] })).toEqual([
      { level: "stops", sentence: "There are no lines." },
    ]);
  });
});
