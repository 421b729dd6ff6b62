import { describe, expect, it } from "vitest";
import { INTENT } from "../../src/core/key-kind.ts";
import { elicitation } from "../../src/signals/elicitation.ts";
import { measure, sliceOf } from "./slice-of.ts";

describe("elicitation", () => {
  it("speaks for accounts that ask for reasoning or grades and take the answer", () => {
    const exchange = (a: number) => ({
      intent: a % 2 === 0 ? INTENT.reasoning : INTENT.grading,
      outputTokens: a % 2 === 0 ? 600 : 4,
      built: false,
    });
    const { bits, value } = measure(elicitation, sliceOf({ accounts: 30, exchange }));
    expect(bits).toBeGreaterThan(10);
    expect(value).toBe(1);
  });

  it("says nothing of learners who ask for the reasoning and go on from it", () => {
    const exchange = () => ({ intent: INTENT.reasoning, outputTokens: 600 });
    expect(measure(elicitation, sliceOf({ accounts: 30, exchange })).bits).toBeLessThanOrEqual(0);
  });

  it("says nothing of refusals: nothing was taken", () => {
    const exchange = () => ({ intent: INTENT.coercion, built: false, finish: 4 });
    expect(measure(elicitation, sliceOf({ accounts: 30, exchange })).bits).toBeLessThanOrEqual(0);
  });

  it("does not see harvests that take plain answers", () => {
    const exchange = () => ({ intent: INTENT.code, outputTokens: 600, built: false });
    expect(measure(elicitation, sliceOf({ accounts: 30, exchange })).bits).toBeLessThanOrEqual(0);
  });
});
