import { describe, expect, it } from "vitest";
import type { SampleFindings } from "../../src/ingest/examine-sample.ts";
import { inputProblems } from "../../src/judge/input-problems.ts";
import { HEALTHY, TEXT } from "./sample-findings.ts";

const LINES = { lines: 1000, accepted: 1000, rejected: 0, rejections: [] };
const ACCOUNTS = { lines: 50, rejected: 0 };

/** What is said when one part of healthy findings is changed. */
function said<K extends keyof SampleFindings>(part: K, change: Partial<SampleFindings[K]>): string {
  const findings = { ...HEALTHY, [part]: Object.assign({}, HEALTHY[part], change) };
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
    expect(said("turns", {})).toBe("");
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
    const refused = (reason: string, lines = 3) => ({
      lines: { lines, accepted: 0, rejected: lines, rejections: [{ file: "a", line: 1, reason }] },
      blind: [],
    });
    expect(inputProblems(refused("no id"))).toMatchObject([{ level: "stops" }]);
    expect(inputProblems(refused("no id", 0))).toEqual([
      { level: "stops", sentence: "There are no lines." },
    ]);
    const [unnamed] = inputProblems(refused("no account"));
    expect(unnamed!.sentence).toContain("none names an account");
    const [old] = inputProblems(refused("time is more than 400 days ago"));
    expect(old!.sentence).toContain("older than the 400 days");
  });
});
