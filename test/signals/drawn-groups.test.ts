import { describe, expect, it } from "vitest";
import { drawnGroups, standsAbove, standsBelow } from "../../src/signals/drawn-groups.ts";
import { comparisonOf } from "./comparison-of.ts";

const size = (accounts: readonly unknown[]): number => accounts.length;
const mean = (accounts: readonly { readonly payer: number }[]): number =>
  accounts.reduce((sum, { payer }) => sum + payer, 0) / accounts.length;

describe("drawn groups", () => {
  it("are as large as what they are compared with, without repeats, and the same for a seed", () => {
    const comparison = comparisonOf(() => ({}));
    expect(drawnGroups(comparison, size)).toEqual({
      value: 40,
      reference: { median: 40, low: 40, high: 40, n: 400 },
      size: 40,
    });
    const distinct = drawnGroups(comparison, (set) => new Set(set).size);
    expect(distinct.reference).toMatchObject({ low: 40, high: 40 });
    expect(drawnGroups(comparison, mean)).toEqual(drawnGroups(comparison, mean));
    expect(drawnGroups({ ...comparison, seed: 2 }, mean)).not.toEqual(
      drawnGroups(comparison, mean),
    );
  });

  it("are at most half of the others, and none where the others are few", () => {
    const half = comparisonOf(
      () => ({}),
      () => ({}),
      { members: 40, others: 30 },
    );
    expect(drawnGroups(half, size)).toMatchObject({ value: 15, reference: { median: 15 } });
    const few = comparisonOf(
      () => ({}),
      () => ({}),
      { members: 40, others: 18 },
    );
    const { value, reference } = drawnGroups(few, size);
    expect(reference).toEqual({ median: 0, low: 0, high: 0, n: 18 });
    expect([standsAbove(value, reference), standsBelow(-1, reference)]).toEqual([false, false]);
  });

  it("let a value stand out that is above nearly all of them, and well above the median", () => {
    const reference = { median: 10, low: 5, high: 12, n: 19 };
    expect([12, 14, 15].map((value) => standsAbove(value, reference))).toEqual([
      false,
      false,
      true,
    ]);
    expect([5, 4].map((value) => standsBelow(value, reference))).toEqual([false, true]);
  });
});
