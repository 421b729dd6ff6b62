import { describe, expect, it } from "vitest";
import { subscription } from "../../src/signals/subscription.ts";
import { comparisonOf, describeWith, type Sketch } from "./comparison-of.ts";

const heavy = { exchanges: 3000, days: 5, plan: "pro" };
const usual: Sketch = (i) => ({
  exchanges: 50 + (i % 40) * 5,
  days: 5,
  plan: "pro",
  established: i % 2 === 0,
});

describe("subscription", () => {
  it("tells of accounts that send many times what their plan's established customers do", () => {
    const { value, reference, sentence } = describeWith(
      subscription,
      comparisonOf(() => heavy, usual),
    );
    expect(value).toBeGreaterThan(15);
    expect(reference).toMatchObject({ median: 1, n: 200 });
    expect(sentence).toContain("times as much a day as the median established account");
  });

  it("says nothing of power users on a plan that has many of them", () => {
    const power = comparisonOf(
      () => heavy,
      (i) => (i % 20 < 2 ? { ...heavy, established: true } : usual(i)),
    );
    expect(describeWith(subscription, power).sentence).toBe("");
  });

  it("does not see use within the plan, or a plan with few established accounts", () => {
    expect(describeWith(subscription, comparisonOf(usual, usual)).sentence).toBe("");
    const fresh = comparisonOf(
      () => heavy,
      (i) => ({ ...usual(i), established: i < 10 }),
    );
    expect(describeWith(subscription, fresh)).toMatchObject({ value: 0, sentence: "" });
  });
});
