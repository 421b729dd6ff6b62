import { describe, expect, it } from "vitest";
import { parseDuration } from "../../src/cli/duration.ts";

const limits = { least: 0, most: 86_400 * 30 };

describe("parseDuration", () => {
  it.each([
    ["90s", 90],
    ["15m", 900],
    ["1h", 3600],
    ["7d", 604_800],
    ["1.5h", 5400],
    ["2w", 1_209_600],
    ["0", 0],
  ])("reads %s as %i seconds", (text, seconds) => {
    expect(parseDuration(text, "--tick", limits)).toBe(seconds);
  });

  it.each(["", "5", "h", "1 hour", "-1h", "1e3s", "١h", "NaN"])(
    "refuses %j and says how to write one",
    (text) => {
      expect(() => parseDuration(text, "--tick", limits)).toThrow(
        /^--tick .*not a duration.*15m, 1h or 7d/,
      );
    },
  );

  it("refuses what is out of range and names the range", () => {
    expect(() => parseDuration("31d", "--tick", { least: 60, most: 604_800 })).toThrow(
      "--tick 31d: out of range. Give 1m to 7d.",
    );
  });
});
