import { describe, expect, it } from "vitest";
import { evenness } from "../../src/signals/evenness.ts";
import { comparisonOf, describeWith, type Sketch } from "./comparison-of.ts";

/** 20 to 22 a day, and 100 a day where a plan ends. */
const even: Sketch = (i) => ({ exchanges: 100 + (i % 3) * 5, days: 5 });
const capped: Sketch = () => ({ exchanges: 500, days: 5, plan: "free" });

describe("evenness", () => {
  it("tells of accounts that send more evenly than as many others on their plan", () => {
    const { value, reference, sentence } = describeWith(evenness, comparisonOf(even));
    expect(value).toBeCloseTo(1.1, 5);
    expect(reference.low).toBeGreaterThan(1.2);
    expect(sentence).toContain("The middle half of 40 accounts differ by a factor of 1.10");
  });

  it("says nothing of accounts that meet the cap of a free plan, where others meet it too", () => {
    const free = comparisonOf(capped, (i) => (i % 2 === 0 ? capped(i) : {}));
    expect(describeWith(evenness, free)).toMatchObject({ value: 1, sentence: "" });
  });

  it("counts the seats of one payer once", () => {
    const seats = comparisonOf((i) => ({ ...even(i), payer: i % 3 }));
    expect(describeWith(evenness, seats).sentence).toBe("");
  });

  it("does not see volumes drawn unevenly on purpose", () => {
    const drawn = comparisonOf((i) => ({ exchanges: 50 + i * 10, days: 5 }));
    expect(describeWith(evenness, drawn).sentence).toBe("");
  });
});
