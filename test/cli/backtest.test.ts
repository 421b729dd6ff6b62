import { describe, expect, it } from "vitest";
import { backtestTable } from "../../src/cli/backtest-table.ts";
import type {
  BacktestResult,
  FlagComparison,
  FlagSummary,
} from "../../src/core/backtest-result.ts";
import { exampleConfiguration } from "../../src/judge/example-configuration.ts";
import { runHere } from "./run-here.ts";

const FLAG: FlagSummary = {
  group: "g1",
  accounts: 80,
  exchanges: 2070,
  detected_at: "2026-04-23T13:00:00.000Z",
  exchanges_before_alert: 572,
  bits: 37.2,
};
const LATER = { detected_at: "2026-04-24T02:00:00.000Z", exchanges_before_alert: 1200, bits: 24 };

const flags: readonly FlagComparison[] = [
  {
    change: "lost",
    before: { ...FLAG, group: "g2" },
    after: null,
    otherwise: { assessment: "watch", reason: "12 parties are too few." },
  },
  { change: "won", before: null, after: { ...FLAG, group: "g9" }, otherwise: null },
  {
    change: "later",
    before: FLAG,
    after: { ...FLAG, ...LATER, group: "g4", accounts: 78 },
    otherwise: null,
  },
  { change: "merged", before: { ...FLAG, group: "g3" }, after: null, otherwise: null },
  {
    change: "same",
    before: { ...FLAG, group: "g5" },
    after: { ...FLAG, group: "g5" },
    otherwise: null,
  },
];

const RESULT: BacktestResult = {
  version: 1,
  window: { from: "2026-04-22T00:00:00.000Z", to: "2026-05-02T00:00:00.000Z" },
  exchanges: 120_000,
  accounts: 900,
  settings: [
    { setting: "q", before: 0.01, after: 0.001 },
    { setting: "echo.cap_bits", before: 60, after: 20 },
  ],
  flags,
  accounts_before: 320,
  accounts_after: 318,
  accounts_lost: ["a", "b", "c"],
  accounts_won: ["d"],
  labels: {
    positive: 100,
    legitimate: 40,
    before: { flagged_positive: 98, flagged_legitimate: 2, precision: 0.98, recall: 0.98 },
    after: { flagged_positive: 0, flagged_legitimate: 0, precision: null, recall: 0 },
  },
};

describe("the table of a backtest", () => {
  it("fits 80 columns and reads as its golden file", async () => {
    const text = backtestTable(RESULT, 80);
    for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
    await expect(text).toMatchFileSnapshot("./golden/backtest-table.txt");
  });

  it("says so where nothing changes and nothing is labelled", () => {
    const text = backtestTable({ ...RESULT, settings: [], flags: [], labels: null }, 80);
    expect(text).toContain("The settings are those of the last scan.");
    expect(text).toContain("Flagged: 0 groups before, 0 after");
    expect(text).not.toContain("precision");
  });
});

describe("stillwatch backtest", () => {
  it("prints an example of a configuration without any data", async () => {
    expect(await runHere("backtest", "--example")).toEqual({
      code: 0,
      stdout: exampleConfiguration(),
      stderr: "",
    });
  });

  it.each([
    [["backtest"], 2, "backtest needs --data with the folder of an earlier scan, and --config."],
    [["backtest", "--data", "nowhere"], 2, "backtest needs --data"],
    [
      ["backtest", "--data", "nowhere", "--config", "nowhere.yaml"],
      1,
      "nowhere.yaml: no such file",
    ],
  ])("answers %j with %i and a line", async (words, code, line) => {
    const ran = await runHere(...words);
    expect(ran).toMatchObject({ code, stdout: "" });
    expect(ran.stderr).toContain(line);
  });
});
