import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { effectiveAccounts } from "../../src/stats/effective-accounts.ts";
import { fitRepeatMixture } from "../../src/stats/fit-repeat-mixture.ts";
import { random } from "../../src/stats/random.ts";
import { worklist } from "../../src/stats/worklist.ts";
import { binomial, pareto } from "./draws.ts";

function every(repeats: number, items: number): Float64Array {
  const histogram = new Float64Array(repeats + 1);
  histogram[repeats] = items;
  return histogram;
}

/** P(k | π) of the zero-truncated binomial, straight from its definition; small m only. */
function truncated(m: number, k: number, probability: number): number {
  let choose = 1;
  for (let j = 1; j <= k; j++) choose *= (m - j + 1) / j;
  const any = 1 - (1 - probability) ** m;
  return (choose * probability ** k * (1 - probability) ** (m - k)) / any;
}

/** All ways to put `items` into three bins, with the multinomial coefficient. */
function threeBins(items: number): { bins: number[]; ways: number }[] {
  const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
  const all: { bins: number[]; ways: number }[] = [];
  for (let a = 0; a <= items; a++) {
    for (let b = 0; a + b <= items; b++) {
      const c = items - a - b;
      const ways = factorial(items) / (factorial(a) * factorial(b) * factorial(c));
      all.push({ bins: [0, a, b, c], ways });
    }
  }
  return all;
}

describe("worklist", () => {
  it("is sure of a list dealt out so that each item goes to three accounts", () => {
    const few = { first: every(3, 10), second: every(3, 10), effectiveAccounts: 100 };
    expect(worklist(few).bits).toBeGreaterThan(15);
    const many = { first: every(3, 60), second: every(3, 60), effectiveAccounts: 100 };
    expect(worklist(many)).toEqual({ bits: 30, items: 120, mode: 3, modeShare: 1 });
  });

  it("sees a regular list under traffic that does not repeat", () => {
    const half = [0, 2000, 3, 200];
    expect(worklist({ first: half, second: half, effectiveAccounts: 300 }).bits).toBe(30);
  });

  it("finds nothing in one pass over a list, as private content looks the same", () => {
    const input = { first: every(1, 5000), second: every(1, 5000), effectiveAccounts: 200 };
    expect(worklist(input).bits).toBeLessThanOrEqual(0);
  });

  it("finds nothing where everyone does every exercise", () => {
    const input = { first: every(40, 100), second: every(40, 100), effectiveAccounts: 40 };
    expect(worklist(input).bits).toBeLessThanOrEqual(0);
  });

  it("finds nothing in a heavy-tailed popularity among 300 independent accounts", () => {
    const next = random(2);
    const halves = [new Float64Array(301), new Float64Array(301)];
    for (let item = 0; item < 4000; item++) {
      const repeats = binomial(next, 300, Math.min(0.9, 0.002 * pareto(next, 1)));
      const half = halves[item % 2];
      if (half !== undefined && repeats > 0) half[repeats] = (half[repeats] ?? 0) + 1;
    }
    const [first = [], second = []] = halves;
    expect(worklist({ first, second, effectiveAccounts: 300 }).bits).toBeLessThan(0);
  });

  it("has expectation at most 1, counted over every outcome of three accounts and eight items", () => {
    const halves = threeBins(4);
    const bits = halves.map(({ bins: first }) =>
      halves.map(({ bins: second }) => worklist({ first, second, effectiveAccounts: 3 }).bits),
    );
    for (const mixture of [[1e-9], [0.2], [0.5], [0.8], [0.97], [0.05, 0.95], [0.01, 0.4]]) {
      const p = [0, 1, 2, 3].map((k) =>
        mixture.reduce((sum, pi) => sum + truncated(3, k, pi) / mixture.length, 0),
      );
      const chances = halves.map(({ bins, ways }) =>
        bins.reduce(
          (product, count, k) => (k === 0 ? product : product * (p[k] ?? 0) ** count),
          ways,
        ),
      );
      let expected = 0;
      for (const [i, row] of bits.entries()) {
        for (const [j, b] of row.entries()) {
          expected += (chances[i] ?? 0) * (chances[j] ?? 0) * 2 ** b;
        }
      }
      expect(expected).toBeLessThanOrEqual(1);
    }
  });

  it("says nothing of one effective account, an empty half, or no items", () => {
    expect(worklist({ first: every(3, 9), second: every(3, 9), effectiveAccounts: 1.9 }).bits).toBe(
      0,
    );
    expect(worklist({ first: every(3, 9), second: [], effectiveAccounts: 9 }).bits).toBe(0);
    expect(worklist({ first: [], second: [], effectiveAccounts: 0 })).toEqual({
      bits: 0,
      items: 0,
      mode: 0,
      modeShare: 0,
    });
  });

  it("does not mind which half is which, and is finite and capped for any histogram", () => {
    const histogram = fc.array(fc.nat({ max: 30 }), { maxLength: 80 });
    fc.assert(
      fc.property(
        histogram,
        histogram,
        fc.double({ min: 0, max: 900, noNaN: true }),
        (first, second, effective) => {
          const { bits } = worklist({ first, second, effectiveAccounts: effective });
          const swapped = worklist({ first: second, second: first, effectiveAccounts: effective });
          expect(Number.isFinite(bits)).toBe(true);
          expect(bits).toBeLessThanOrEqual(30);
          expect(swapped.bits).toBeCloseTo(bits, 6);
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe("fitRepeatMixture", () => {
  it("equals the single best π where one count was seen", () => {
    let best = 0;
    for (let pi = 1e-5; pi < 0.2; pi += 1e-6) best = Math.max(best, truncated(100, 3, pi));
    const { supremumBits } = fitRepeatMixture(every(3, 50), 100);
    expect(supremumBits).toBeGreaterThanOrEqual(50 * Math.log2(best));
    expect(supremumBits).toBeLessThan(50 * Math.log2(best) + 0.1);
  });

  it("stays within .2 bits of the supremum where that is known: at an exact mixture, up to ten million items", () => {
    for (const items of [1e3, 1e5, 1e7]) {
      for (const mixture of [
        [0.05, 0.95],
        [0.02, 0.2, 0.5],
      ]) {
        const share = (k: number) =>
          mixture.reduce((sum, pi) => sum + truncated(12, k, pi), 0) / mixture.length;
        const histogram = Array.from({ length: 13 }, (_, k) => (k === 0 ? 0 : items * share(k)));
        const supremum = histogram.reduce(
          (sum, f, k) => (k === 0 ? sum : sum + f * Math.log2(share(k))),
          0,
        );
        const { supremumBits } = fitRepeatMixture(histogram, 12);
        expect(supremumBits).toBeGreaterThanOrEqual(supremum - 0.001);
        expect(supremumBits).toBeLessThan(supremum + 0.2);
      }
    }
  });

  it("lies above the likelihood of any mixture, and below the saturated one by no more than it must", () => {
    const counts = fc.array(fc.nat({ max: 50 }), { minLength: 6, maxLength: 6 });
    const pis = fc.array(fc.double({ min: 1e-9, max: 0.999, noNaN: true }), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(counts, pis, (counted, mixture) => {
        const histogram = [0, ...counted];
        const items = counted.reduce((sum, count) => sum + count, 0);
        const { supremumBits } = fitRepeatMixture(histogram, 12);
        let bits = 0;
        let saturated = 0;
        for (const [k, count] of histogram.entries()) {
          if (count === 0) continue;
          const p = mixture.reduce((sum, pi) => sum + truncated(12, k, pi), 0) / mixture.length;
          bits += count * Math.log2(p);
          saturated += count * Math.log2(count / items);
        }
        expect(supremumBits).toBeGreaterThanOrEqual(bits - 1e-9);
        expect(supremumBits).toBeLessThanOrEqual(saturated + 0.2);
      }),
      { numRuns: 60 },
    );
  });
});

describe("effectiveAccounts", () => {
  it("counts equal accounts in full and lets a heavy one count alone", () => {
    expect(effectiveAccounts([5, 5, 5, 5])).toBe(4);
    expect(effectiveAccounts([1000, 1, 1])).toBeCloseTo(1.004, 3);
    expect(effectiveAccounts([])).toBe(0);
  });
});
