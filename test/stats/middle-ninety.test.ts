import { expect, it } from "vitest";
import { densestShare } from "../../src/stats/densest-share.ts";
import { middleNinety } from "../../src/stats/middle-ninety.ts";

it("takes the median and the 5 % and 95 % quantiles by nearest rank, in any order", () => {
  const hundred = Array.from({ length: 100 }, (_, i) => ((i * 37) % 100) + 1);
  expect(middleNinety(hundred)).toEqual({ median: 50, low: 5, high: 95, n: 100 });
  expect(middleNinety([7])).toEqual({ median: 7, low: 7, high: 7, n: 1 });
  expect(middleNinety([])).toEqual({ median: 0, low: 0, high: 0, n: 0 });
});

it("finds the densest stretch of times in any order, its ends included", () => {
  expect(densestShare([50, 0, 10, 20, 100], 20)).toBe(0.6);
  expect(densestShare([0, 100, 200], 10)).toBeCloseTo(1 / 3);
  expect(densestShare([], 10)).toBe(0);
});
