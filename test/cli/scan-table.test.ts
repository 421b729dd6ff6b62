import { describe, expect, it } from "vitest";
import { inkFor, plainInk } from "../../src/cli/ink.ts";
import { scanTable } from "../../src/cli/scan-table.ts";
import { sampleOutcome } from "../report/sample-outcome.ts";
import { samplePower } from "../report/sample-power.ts";

const outcome = sampleOutcome({ accounts: 240, hours: 480 });
const golden = (name: string) => `./golden/${name}.txt`;

describe("the table of a scan", () => {
  it.each([80, 120])("fits %i columns and reads as its golden file", async (columns) => {
    const text = scanTable({ ...outcome, columns, ink: plainInk });
    for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(columns);
    await expect(text).toMatchFileSnapshot(golden(`scan-table-${columns}`));
  });

  it("says what nothing flagged means and does not mean", async () => {
    const quiet = sampleOutcome({ campaigns: 0, others: 0, hours: 48 });
    const text = scanTable({ ...quiet, columns: 80, ink: plainInk });
    await expect(text).toMatchFileSnapshot(golden("scan-table-nothing-flagged"));
  });

  it("says what it would have found where nothing is flagged", async () => {
    const quiet = sampleOutcome({ campaigns: 0, others: 0, hours: 48 });
    const result = { ...quiet.result, power: samplePower() };
    const text = scanTable({ ...quiet, result, columns: 80, ink: plainInk });
    await expect(text).toMatchFileSnapshot(golden("scan-table-power"));
  });

  it("says so when there was nothing to judge", () => {
    const empty = sampleOutcome({ campaigns: 0, others: 0, hours: 0 });
    const result = { ...empty.result, window: { from: null, to: null } };
    const text = scanTable({ ...empty, result, columns: 80, ink: plainInk });
    expect(text).toContain("Nothing to judge: no exchange was accepted.");
  });

  it("counts the groups it has no room for", () => {
    const many = sampleOutcome({ campaigns: 30, others: 0, accounts: 20, hours: 240 });
    expect(scanTable({ ...many, columns: 80, ink: plainInk })).toContain(
      "and 10 more flagged groups: see --json or --report.",
    );
  });

  it("shows hostile ids and reasons as text that can't move the cursor", () => {
    const [group, ...rest] = outcome.result.groups;
    const hostile = "\u001b[2J\u202eevil\u0007";
    const groups = [{ ...group!, id: hostile }, ...rest];
    const rejections = [{ file: hostile, line: 1, reason: hostile }];
    const text = scanTable({
      result: { ...outcome.result, groups },
      details: [],
      intake: { ...outcome.intake, rejections },
      columns: 80,
      ink: plainInk,
    });
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
  });

  it("colours only a terminal that wants it", () => {
    const painted = (isTTY: boolean, environment: Record<string, string>) =>
      scanTable({ ...outcome, columns: 80, ink: inkFor({ isTTY }, environment) }).includes(
        "\u001b[",
      );
    expect(painted(true, {})).toBe(true);
    expect(painted(true, { NO_COLOR: "1" })).toBe(false);
    expect(painted(true, { TERM: "dumb" })).toBe(false);
    expect(painted(false, {})).toBe(false);
  });
});
