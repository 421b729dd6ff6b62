import { describe, expect, it } from "vitest";
import { template } from "../../src/signals/template.ts";
import { measure, sliceOf } from "./slice-of.ts";

const filled = { skeleton: true, built: false, outputTokens: 300 };

describe("template", () => {
  it("speaks for accounts that fill one skeleton with a new item and take the answer", () => {
    const { bits, value, examples } = measure(
      template,
      sliceOf({ accounts: 30, exchange: () => filled }),
    );
    expect(bits).toBeGreaterThan(10);
    expect(value).toBe(1);
    expect(examples).toHaveLength(5);
  });

  it("speaks for a declared company's batch as well: it says what, and not whose", () => {
    const slice = sliceOf({ accounts: 6, conversations: 12, exchange: () => filled });
    expect(measure(template, slice).bits).toBeGreaterThan(2);
  });

  it("says nothing of an app's users who go on from the answers", () => {
    const exchange = (_: number, c: number) => ({ ...filled, built: c % 4 !== 0 });
    expect(measure(template, sliceOf({ accounts: 30, exchange })).bits).toBeLessThanOrEqual(0);
  });

  it("does not see answers of a few words, or tasks without a shared skeleton", () => {
    const labels = () => ({ ...filled, outputTokens: 3, answerBytes: 12 });
    const unique = () => ({ ...filled, skeleton: false });
    for (const exchange of [labels, unique])
      expect(measure(template, sliceOf({ accounts: 30, exchange })).bits).toBeLessThanOrEqual(0);
  });

  it("counts the same words after another answer each time, which is what the conversation begins with", () => {
    const mask = new Uint8Array(65_536).fill(1);
    const exchange = () => ({ ...filled, presents: true });
    expect(
      measure(template, { ...sliceOf({ accounts: 30, exchange }), mask }).bits,
    ).toBeGreaterThan(10);
    const own = () => ({ ...filled, presents: true, built: true });
    expect(measure(template, sliceOf({ accounts: 30, exchange: own })).bits).toBeLessThanOrEqual(0);
  });

  it("does not count a prompt that has nothing of its own beside the skeleton", () => {
    const slice = sliceOf({ accounts: 30, exchange: () => filled });
    const mask = new Uint8Array(65_536).fill(1);
    expect(measure(template, { ...slice, mask }).bits).toBeLessThanOrEqual(0);
  });
});
