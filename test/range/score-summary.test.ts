import { describe, expect, it } from "vitest";
import type { RunHeader, WorldResult } from "../../src/range/run-result.ts";
import { nullFamilySheet, nullSheet, peopleSheet } from "../../src/range/score-legitimate.ts";
import { methodSheet, operationSheet } from "../../src/range/score-operations.ts";
import {
  calibrationSheet,
  discoverySheet,
  losses,
  signalSheet,
} from "../../src/range/score-overall.ts";
import { summaryMarkdown, summaryText, withTables } from "../../src/range/score-pages.ts";
import type { Sheet } from "../../src/range/score-sheet.ts";
import { summarize } from "../../src/range/score-summary.ts";
import type { Suite } from "../../src/range/suite.ts";
import { campaignScore, hypothesisScore, worldResult } from "./score-sample.ts";

/** A row of a sheet as an object, by its first cell. */
function row(sheet: Sheet, name: string, second?: string): Record<string, string> {
  const found = sheet.rows.find((cells) => cells[0] === name && (second ?? cells[1]) === cells[1]);
  return Object.fromEntries(sheet.head.map((head, i) => [head, found?.[i] ?? "missing"]));
}

function innocent(seed: number, bits: number, oneOwner = false): WorldResult {
  const world = worldResult({ seed: String(seed) });
  return {
    ...world,
    score: { ...world.score, campaigns: [] },
    study: {
      hypotheses: [hypothesisScore({ signals: { echo: bits }, family: "class", oneOwner })],
      ablations: [],
    },
  };
}

describe("the sheet of operations", () => {
  it("averages over worlds and counts alerts within a thousand exchanges", () => {
    const missed = { detected: false, recall: 0, precision: null, exchangesBefore: 4000 };
    const world = worldResult();
    const scores = [
      world.score,
      { ...world.score, campaigns: [campaignScore({ ...missed, delayHours: null })] },
    ];
    expect(row(operationSheet(scores), "graders")).toMatchObject({
      found: "1/2",
      "within 1,000": "1/2",
      "÷ 1,000 traces": "2.05",
      precision: "100.0 %",
      delay: "12 h",
    });
  });

  it("sets published methods beside the pipeline on the worlds where they ran", () => {
    const world = worldResult();
    const blind = { ...world.score, campaigns: [campaignScore({ detected: false, recall: 0 })] };
    const compared = { ...world, baselines: [{ id: "b", name: "Blocks", score: blind }] };
    const sheet = methodSheet([compared, world]);
    expect(row(sheet, "Stillwatch")).toMatchObject({ worlds: "1", "operations found": "1/1" });
    expect(row(sheet, "Blocks")).toMatchObject({ worlds: "1", "operations found": "0/1" });
  });
});

describe("the sheet of signals", () => {
  it("shares out the bits of each axis and says what is lost without a signal", () => {
    const sheet = signalSheet([worldResult()]);
    expect(row(sheet, "echo")).toMatchObject({
      axis: "coordination",
      "share of bits": "75.0 %",
      "without it: found": "0/1",
      "false flags": "1",
    });
    expect(row(sheet, "(all signals)")).toMatchObject({
      "without it: found": "1/1",
      "before alert (median)": "10.0 %",
    });
  });
});

describe("the sheet of wrong flags", () => {
  it("averages a world's share of wrong flags over worlds, 0 where nothing is flagged", () => {
    const wrong = worldResult({
      flags: [{ positive: false, accounts: 6, qValue: 0.001, bits: 12, evidence: [] }],
    });
    const empty = worldResult({ flags: [] });
    const cells = row(discoverySheet([wrong, empty]), "reported groups");
    expect(cells).toMatchObject({ flags: "1", wrong: "1", "worlds with a wrong one": "1" });
    expect(cells["mean over worlds"]).toMatch(/^50\.0 %/);
  });
});

describe("the sheet of what is stated", () => {
  it("scores a stated chance of being legitimate by Brier and logarithm", () => {
    const rows = [
      { stated: 0.5, legitimate: true },
      { stated: 0.5, legitimate: false },
    ];
    expect(losses(rows).brier).toBeCloseTo(0.25, 12);
    expect(losses(rows).logLoss).toBeCloseTo(Math.LN2, 12);
    expect(losses([{ stated: 0, legitimate: true }]).logLoss).toBeCloseTo(6 * Math.LN10, 6);
  });

  it("puts hypotheses into classes of q", () => {
    const sheet = calibrationSheet([worldResult(), innocent(2, 0)]);
    expect(row(sheet, "0.000001 to 0.0001")).toMatchObject({ hypotheses: "1", legitimate: "0" });
    expect(row(sheet, "1 (never flagged)")).toMatchObject({ hypotheses: "1", legitimate: "1" });
  });
});

describe("the sheet of e-values without an operation", () => {
  it("calls a mean above one that lies there beyond its interval", () => {
    const worlds = Array.from({ length: 30 }, (_, i) => innocent(i, i % 2 === 0 ? 3 : 2));
    expect(row(nullSheet(worlds), "echo, every family")).toMatchObject({
      n: "30",
      verdict: "above 1",
      "largest bits": "3.0",
    });
    expect(row(nullFamilySheet(worlds), "class")["echo"]).toMatch(/^▲ 6\./);
  });

  it("calls a mean of at most one, and nothing of a few worlds", () => {
    const worlds = Array.from({ length: 30 }, (_, i) => innocent(i, i % 2 === 0 ? -3 : -2));
    expect(row(nullSheet(worlds), "echo, every family")["verdict"]).toBe("at most 1");
    const few = worlds.slice(0, 4);
    expect(row(nullSheet(few), "echo, every family")["verdict"]).toBe("too few worlds");
    expect(row(nullFamilySheet(few), "class")["echo"]).toBe("0.19");
  });

  it("keeps groups of one owner apart from independent parties", () => {
    const worlds = Array.from({ length: 20 }, (_, i) => innocent(i, i < 10 ? 9 : -3, i < 10));
    const sheet = nullSheet(worlds);
    expect(row(sheet, "echo, every family")["verdict"]).toBe("above 1");
    expect(row(sheet, "echo, independent parties")["verdict"]).toBe("at most 1");
    expect(row(nullFamilySheet(worlds), "class")).toMatchObject({ n: "20", "of one owner": "10" });
  });

  it("leaves out worlds with an operation", () => {
    expect(nullSheet([worldResult()]).rows).toEqual([]);
  });
});

it("false flags are counted by kind of people", () => {
  expect(row(peopleSheet([worldResult(), worldResult()]), "language de")).toMatchObject({
    accounts: "80",
    flagged: "2",
    rate: "2.50 %",
  });
});

describe("a summary", () => {
  const suite: Suite = {
    id: "frontier",
    title: "Where it ends",
    about: "About.",
    seeds: { full: 1, ci: 1 },
    worlds: () => [],
  };
  const header: RunHeader = {
    kind: "run",
    version: 1,
    suite: "frontier",
    size: "ci",
    seeds: 1,
    scale: null,
    q: 0.01,
    worlds: 3,
  };
  const swept = [0, 0.9].map((cover) =>
    worldResult({
      suite: "frontier",
      world: `cover ${cover}`,
      sweep: "cover × paraphrases",
      point: { cover, paraphrases: 20 },
    }),
  );
  const [summary] = summarize({ headers: [header], worlds: swept, failures: [] }, [suite]);

  it("draws a sweep as a curve along its first dial for each value of its second", () => {
    expect(summary?.charts).toMatchObject([
      { title: "cover × paraphrases", xTitle: "cover", curves: [{ name: "paraphrases 20" }] },
    ]);
    expect(summary?.charts[0]?.curves[0]?.points.map(({ at }) => at)).toEqual(["0", "0.9"]);
  });

  it("says what of the run is missing", () => {
    expect(summary?.inShort).toContain("2 worlds of 3 (1 not run)");
    const headers = [{ ...header, worlds: 1 }];
    const [joined] = summarize({ headers, worlds: swept, failures: [] }, [suite]);
    expect(joined?.inShort).toContain("2 worlds of 2, size");
  });

  it("reads as text and as Markdown", () => {
    expect(summaryText(summary!)).toContain("Where it ends (frontier)");
    expect(summaryMarkdown(summary!)).toMatch(/^\| cover 0\.9 +\| +1 \|/m);
  });

  it("renews the tables of a page between its markers and nothing else", () => {
    const page =
      "# Range\n\n<!-- tables: stillwatch range report --markdown -->\nold\n<!-- end of tables -->\nend\n";
    const renewed = withTables(page, "new\n");
    expect(renewed).toMatch(/^# Range\n/);
    expect(renewed).toContain("\n\nnew\n\n<!-- end of tables -->\nend\n");
    expect(renewed).not.toContain("old");
    expect(withTables("no markers", "new")).toBe("new");
  });
});
