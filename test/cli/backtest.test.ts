import { describe, expect, it } from "vitest";
import { backtestTable } from "../../src/cli/backtest-table.ts";
import { exampleConfiguration } from "../../src/judge/example-configuration.ts";
import { runHere } from "./run-here.ts";
import { BACKTEST } from "./sample-results.ts";

describe("the table of a backtest", () => {
  it("fits 80 columns and reads as its golden file", async () => {
    const text = backtestTable(BACKTEST, 80);
    for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
    await expect(text).toMatchFileSnapshot("./golden/backtest-table.txt");
  });

  it("says so where nothing changes and nothing is labelled", () => {
    const text = backtestTable({ ...BACKTEST, settings: [], flags: [], labels: null }, 80);
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
