import { describe, expect, it } from "vitest";
import { capture } from "../../src/signals/capture.ts";
import { measure, sliceOf } from "./slice-of.ts";

const taken = { outputTokens: 1500, maxTokens: 3072, built: false };

describe("capture", () => {
  it("speaks for accounts that take long answers at generous limits and leave", () => {
    const { bits, value } = measure(capture, sliceOf({ accounts: 30, exchange: () => taken }));
    expect(bits).toBeGreaterThan(10);
    expect(value).toBe(1);
  });

  it("reads the answer's length where tokens are not counted", () => {
    const exchange = () => ({ ...taken, outputTokens: 0, answerBytes: 6000 });
    expect(measure(capture, sliceOf({ accounts: 30, exchange })).bits).toBeGreaterThan(10);
  });

  it("says nothing of people who work on with long answers", () => {
    const exchange = () => ({ ...taken, built: true });
    expect(measure(capture, sliceOf({ accounts: 30, exchange })).bits).toBeLessThanOrEqual(0);
  });

  it("speaks for report generators as well: it says what, and not whose", () => {
    const slice = sliceOf({ accounts: 4, conversations: 12, exchange: () => taken });
    expect(measure(capture, slice).bits).toBeGreaterThan(1);
  });

  it("does not see short outputs such as labels", () => {
    const exchange = () => ({ ...taken, outputTokens: 5, answerBytes: 20 });
    expect(measure(capture, sliceOf({ accounts: 30, exchange })).bits).toBeLessThanOrEqual(0);
  });
});
