import { describe, expect, it } from "vitest";
import { clockless } from "../../src/signals/clockless.ts";
import { comparisonOf, describeWith } from "./comparison-of.ts";

const flat = { exchanges: 240, days: 8, byHour: Array.from({ length: 24 }, () => 10) };
const busy = { exchanges: 240, days: 8 };

describe("clockless", () => {
  it("tells of accounts that send as much in their quietest hours as at any time", () => {
    const { value, reference, sentence } = describeWith(
      clockless,
      comparisonOf(
        () => flat,
        () => busy,
      ),
    );
    expect(value).toBe(0.25);
    expect(reference).toEqual({ median: 0, low: 0, high: 0, n: 400 });
    expect(sentence).toContain("25 % of its exchanges in its quietest 6 hours");
  });

  it("says nothing of cron jobs where others who send as much run round the clock too", () => {
    const jobs = comparisonOf(
      () => flat,
      (i) => (i % 10 === 0 ? flat : busy),
    );
    expect(describeWith(clockless, jobs)).toMatchObject({ value: 0.25, sentence: "" });
  });

  it("does not see operations that keep shifts, or accounts of few requests", () => {
    const shifts = { ...flat, byHour: flat.byHour.map((n, h) => (h < 8 ? n : 0)) };
    const few = { ...flat, exchanges: 24 };
    for (const own of [shifts, few]) {
      const { sentence } = describeWith(
        clockless,
        comparisonOf(
          () => own,
          () => busy,
        ),
      );
      expect(sentence).toBe("");
    }
  });
});
