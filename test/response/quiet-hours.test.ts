import { describe, expect, it } from "vitest";
import { isQuiet } from "../../src/response/quiet-hours.ts";

const quietAt = (from: string, to: string, time: string): boolean =>
  isQuiet({ from, to, timeZone: "Europe/Berlin", through: "high" }, new Date(time));

describe("quiet hours", () => {
  it.each([
    ["2026-01-10T20:59:00Z", false],
    ["2026-01-10T21:00:00Z", true],
    ["2026-01-10T23:30:00Z", true],
    ["2026-01-11T05:59:59Z", true],
    ["2026-01-11T06:00:00Z", false],
  ])("from 22:00 to 07:00 go across midnight: %s is quiet: %s", (time, quiet) => {
    expect(quietAt("22:00", "07:00", time)).toBe(quiet);
  });

  it("of one day end on it, and of equal times are the whole day", () => {
    expect(quietAt("12:00", "13:00", "2026-07-01T10:30:00Z")).toBe(true);
    expect(quietAt("12:00", "13:00", "2026-07-01T11:00:00Z")).toBe(false);
    expect(quietAt("12:00", "12:00", "2026-07-01T04:00:00Z")).toBe(true);
  });

  it("end by the wall clock on the night that is an hour shorter, also where their end is in the hour that is skipped", () => {
    // 29 March 2026: 01:59 +1 is followed by 03:00 +2, at 01:00 UTC.
    expect(quietAt("22:00", "07:00", "2026-03-29T04:59:00Z")).toBe(true);
    expect(quietAt("22:00", "07:00", "2026-03-29T05:00:00Z")).toBe(false);
    expect(quietAt("22:00", "02:30", "2026-03-29T00:59:00Z")).toBe(true);
    expect(quietAt("22:00", "02:30", "2026-03-29T01:00:00Z")).toBe(false);
  });

  it("end by the wall clock on the night that is an hour longer, and an hour that comes twice is quiet twice", () => {
    // 25 October 2026: 02:59 +2 is followed by 02:00 +1, at 01:00 UTC.
    expect(quietAt("22:00", "07:00", "2026-10-25T05:59:00Z")).toBe(true);
    expect(quietAt("22:00", "07:00", "2026-10-25T06:00:00Z")).toBe(false);
    const twice = ["2026-10-25T00:15:00Z", "2026-10-25T00:45:00Z", "2026-10-25T01:15:00Z"];
    expect(twice.map((time) => quietAt("02:00", "02:30", time))).toEqual([true, false, true]);
  });
});
