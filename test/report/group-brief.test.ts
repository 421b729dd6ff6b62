import { describe, expect, it } from "vitest";
import type { Evidence, Group } from "../../src/core/assessment.ts";
import { groupBrief } from "../../src/report/group-brief.ts";
import { innocentReading } from "../../src/report/innocent-reading.ts";
import { sideBySide } from "../../src/report/side-by-side.ts";
import { isRunning, runningWords } from "../../src/report/still-running.ts";
import { strongestFacts } from "../../src/core/strongest-facts.ts";
import { sampleOutcome } from "./sample-outcome.ts";

const { result, details, texts } = sampleOutcome({ campaigns: 1, others: 0, accounts: 20 });
const sample = result.groups[0]!;

function finding(signal: string, kind: string, bits: number): Evidence {
  const [axis, channel] = kind.split(" ") as [Evidence["axis"], Evidence["channel"]];
  return { ...sample.evidence[1]!, signal, axis, channel, bits };
}

const withEvidence = (...evidence: readonly Evidence[]): Group => ({ ...sample, evidence });

describe("strongestFacts", () => {
  it("takes one finding a channel, and both axes where it can, before more bits", () => {
    const group = withEvidence(
      finding("interchange", "coordination content", 30),
      finding("worklist", "coordination content", 29),
      finding("succession", "coordination identity", 20),
      finding("lockstep", "coordination time", 6),
      finding("template", "harvest content", 12),
    );
    const facts = strongestFacts(group).map(({ signal }) => signal);
    expect(facts).toEqual(["succession", "template", "lockstep"]);
  });

  it("leaves out what is told, what gathered the group, and what speaks for independence", () => {
    const group = withEvidence(
      { ...finding("network", "coordination identity", 9), describes: true },
      { ...finding("echo", "coordination output", 9), found_group: true },
      finding("payment", "coordination identity", -3),
    );
    expect(strongestFacts(group)).toEqual([]);
  });
});

describe("innocentReading", () => {
  it("is the look-alike that accounts for most on the weaker axis, with what it leaves", () => {
    const group = {
      ...withEvidence(
        finding("interchange", "coordination content", 14),
        finding("echo", "coordination output", 9),
        finding("template", "harvest content", 40),
        finding("capture", "harvest output", 5),
      ),
      coordination_bits: 20,
      harvest_bits: 41,
    };
    const reading = innocentReading(group)!;
    expect(reading.name).toBe("an app that writes its users' prompts");
    expect(reading.explains.map(({ signal }) => signal)).toEqual(["template", "interchange"]);
    expect(reading.against.map(({ signal }) => signal)).toEqual(["echo"]);
    expect(reading.besides.map(({ signal }) => signal)).toEqual(["capture"]);
  });

  it("says so where nothing speaks against it", () => {
    const evidence = [finding("interchange", "coordination content", 14)];
    const group = { ...sample, evidence, coordination_bits: 9, harvest_bits: 12 };
    const { markup } = groupBrief({ group, detail: undefined, texts, to: null });
    expect(markup).toContain("Nothing else that was weighed on coordination");
  });

  it("names none for a signal that is not known here", () => {
    const unknown = [finding("x", "harvest time", 3), finding("y", "coordination time", 3)];
    expect(innocentReading(withEvidence(...unknown))).toBeUndefined();
  });
});

describe("sideBySide", () => {
  const shown = (runs: ReturnType<typeof sideBySide>[number]) =>
    runs.map(({ text, differs }) => (differs ? `[${text}]` : text)).join(" ");

  it("marks the variable part of a skeleton", () => {
    const [left, right] = sideBySide(
      "Solve this: 14 pears. Show all.",
      "Solve this: two trains. Show all.",
    );
    expect(shown(left)).toBe("Solve this: [14 pears.] Show all.");
    expect(shown(right)).toBe("Solve this: [two trains.] Show all.");
  });

  it("cuts what is common to its ends", () => {
    const skeleton = Array.from({ length: 60 }, (_, at) => `w${at}`).join(" ");
    const [left] = sideBySide(`${skeleton} one`, `${skeleton} other`);
    expect(shown(left)).toBe("w0 w1 w2 w3 w4 w5 w6 w7 … w52 w53 w54 w55 w56 w57 w58 w59 [one]");
  });

  it("marks nothing in two texts that are no variants of each other", () => {
    const [left, right] = sideBySide("Translate the letter", "How do bees find home?");
    expect([shown(left), shown(right)]).toEqual(["Translate the letter", "How do bees find home?"]);
  });
});

describe("still running", () => {
  const to = "2026-06-06T00:00:00.000Z";

  it("is so where the last 24 hours hold an exchange, and counts them", () => {
    const detail = { ...details[0]!, group: [5, 1, ...Array.from({ length: 23 }, () => 1)] };
    const from = { ...detail, from: "2026-06-04T23:00:00.000Z" };
    const group = { ...sample, last_seen: "2026-06-05T23:30:00.000Z" };
    expect(isRunning(group, to)).toBe(true);
    expect(runningWords(group, from, to)).toContain("24 exchanges in the last 24 hours");
  });

  it("is not where they hold none", () => {
    const group = { ...sample, last_seen: "2026-06-03T00:00:00.000Z" };
    expect(isRunning(group, to)).toBe(false);
    expect(runningWords(group, undefined, to)).toContain("Quiet for the last 3 days");
  });
});

it("shows two accounts over the same days for a finding about when they send", () => {
  const group = withEvidence(finding("succession", "coordination identity", 20));
  const detail = { ...details[0]!, from: "2026-06-01T00:00:00.000Z" };
  const { markup } = groupBrief({ group, detail, texts, to: null });
  expect(markup.match(/class="strip"/g)).toHaveLength(2);
  expect(markup).toContain("The first account to begin and the last");
});

it("names the heaviest accounts and shows two of a finding's exchanges with identifiers taken out", () => {
  const { markup } = groupBrief({ group: sample, detail: details[0], texts, to: null });
  expect(markup).toContain("<mark>a grocer sells 14 crates of pears;</mark>");
  expect(markup).not.toContain("mara.lindqvist");
  const most = sample.members.toSorted((a, b) => b.exchanges - a.exchanges)[0]!;
  expect(markup).toContain(most.account);
});
