import { describe, expect, it } from "vitest";
import { ramp } from "../../src/signals/ramp.ts";
import { comparisonOf, DAY, describeWith, type Sketch, START } from "./comparison-of.ts";

const fresh = { created: START, first: START + DAY, days: 5 };
/** One in ten others is new, and begins slowly. */
const others: Sketch = (i) => (i % 10 === 0 ? { ...fresh, firstDay: 5, busiestDay: 40 } : {});

describe("ramp", () => {
  it("tells of new accounts that send their most from the first day on", () => {
    const { value, reference, sentence } = describeWith(
      ramp,
      comparisonOf(() => ({ ...fresh, firstDay: 400, busiestDay: 420 }), others),
    );
    expect(value).toBe(400);
    expect(reference).toMatchObject({ median: 5, low: 5, high: 5 });
    expect(sentence).toContain("40 of them send at least 80 % of their busiest day");
  });

  it("says nothing of customers that migrate in stages, or where migrations at once are usual", () => {
    const staged = comparisonOf(() => ({ ...fresh, firstDay: 400, busiestDay: 4000 }), others);
    expect(describeWith(ramp, staged).sentence).toBe("");
    const usual = comparisonOf(
      () => ({ ...fresh, firstDay: 400, busiestDay: 420 }),
      (i) => (i % 10 === 0 ? { ...fresh, firstDay: i % 20 === 0 ? 500 : 5 } : {}),
    );
    expect(describeWith(ramp, usual).sentence).toBe("");
  });

  it("does not see aged accounts, or a provider without new ones to compare with", () => {
    const aged = { ...fresh, created: START - 90 * DAY, firstDay: 400, busiestDay: 420 };
    expect(
      describeWith(
        ramp,
        comparisonOf(() => aged, others),
      ).sentence,
    ).toBe("");
    const old: Sketch = () => ({ created: START - 90 * DAY });
    const alone = comparisonOf(() => ({ ...fresh, firstDay: 400, busiestDay: 420 }), old);
    expect(describeWith(ramp, alone).sentence).toBe("");
  });
});
