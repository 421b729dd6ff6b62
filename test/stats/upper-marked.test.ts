import { describe, expect, it } from "vitest";
import { binomialAtMost } from "../../src/stats/binomial-at-most.ts";
import { hypergeometricAtMost } from "../../src/stats/hypergeometric-at-most.ts";
import { errorAt, provingDraw } from "../../src/stats/proving-draw.ts";
import { refutesMarked, upperMarked } from "../../src/stats/upper-marked.ts";

const upTo = (n: number): readonly number[] => Array.from({ length: n + 1 }, (_, i) => i);

/** C(n, k) by Pascal's rule: whole numbers, no rounding at these sizes. */
function choose(n: number, k: number): number {
  if (k < 0 || k > n) return 0;
  return upTo(k)
    .slice(1)
    .reduce((sum, i) => (sum * (n - k + i)) / i, 1);
}

/** P(X ≤ found) over strata, by adding up every way to draw. */
function exactAtMost(
  found: number,
  strata: readonly { size: number; drawn: number; marked: number }[],
): number {
  const [first, ...others] = strata;
  if (first === undefined) return found >= 0 ? 1 : 0;
  const { size, drawn, marked } = first;
  return upTo(Math.min(drawn, marked)).reduce((sum, x) => {
    const ways = (choose(marked, x) * choose(size - marked, drawn - x)) / choose(size, drawn);
    return ways === 0 ? sum : sum + ways * exactAtMost(found - x, others);
  }, 0);
}

describe("hypergeometricAtMost", () => {
  it("adds up to what counting every draw gives", () => {
    for (const population of [1, 2, 7, 12])
      for (const marked of upTo(population))
        for (const drawn of upTo(population))
          for (const found of upTo(drawn))
            expect(hypergeometricAtMost(found, { population, marked, drawn })).toBeCloseTo(
              exactAtMost(found, [{ size: population, marked, drawn }]),
              12,
            );
  });

  it("agrees with exact fractions where counting is out of reach", () => {
    const cdf = (found: number, population: number, marked: number, drawn: number) =>
      hypergeometricAtMost(found, { population, marked, drawn });
    // Python 3: float(sum(Fraction(comb(M, x) * comb(N - M, n - x), comb(N, n)) for x in range(k + 1)))
    expect(cdf(0, 25_000, 496, 163)).toBeCloseTo(0.037734962235881374, 12);
    expect(cdf(2, 1000, 17, 175)).toBeCloseTo(0.40579717004895294, 12);
    expect(cdf(40, 5000, 400, 722)).toBeCloseTo(0.003950339266720519, 12);
    expect(cdf(7, 60, 9, 55)).toBeCloseTo(0.15807930111661386, 12);
  });
});

describe("binomialAtMost", () => {
  it("adds up to what counting every outcome gives", () => {
    for (const chance of [0, 0.1, 0.5, 0.93, 1])
      for (const trials of [0, 1, 6])
        for (const found of upTo(trials)) {
          const outcomes = upTo(found).map(
            (x) => choose(trials, x) * chance ** x * (1 - chance) ** (trials - x),
          );
          const counted = outcomes.reduce((sum, one) => sum + one, 0);
          expect(binomialAtMost(found, { trials, chance })).toBeCloseTo(counted, 12);
        }
  });
});

describe("upperMarked", () => {
  it("is what turning the exact test round gives, of one stratum", () => {
    for (const drawn of [1, 5, 9])
      for (const found of upTo(drawn)) {
        const kept = upTo(12).filter(
          (marked) =>
            marked >= found &&
            marked <= 12 - (drawn - found) &&
            exactAtMost(found, [{ size: 12, drawn, marked }]) > 0.1,
        );
        expect(upperMarked({ strata: [{ size: 12, drawn }], found, error: 0.1 })).toBe(kept.at(-1));
      }
  });

  it("is too low no more often than it may be, however the marked ones are spread over strata", () => {
    const error = 0.2;
    for (const drawn of [
      [2, 3],
      [1, 5],
      [4, 4],
      [5, 6],
    ] as const)
      for (const a of upTo(6))
        for (const b of upTo(7)) {
          const strata = [
            { size: 6, drawn: drawn[0], marked: a },
            { size: 7, drawn: drawn[1], marked: b },
          ];
          const tooLow = upTo(a + b).filter(
            (found) => upperMarked({ strata, found, error }) < a + b,
          );
          // The bound grows with what is found, so it is too low up to some count.
          const most = tooLow.at(-1) ?? -1;
          expect(tooLow).toEqual(upTo(most));
          expect(exactAtMost(most, strata), `${drawn.join()} ${a} ${b}`).toBeLessThanOrEqual(error);
        }
  });

  it("knows nothing before anything was drawn, and all once everything was", () => {
    expect(upperMarked({ strata: [{ size: 9, drawn: 0 }], found: 0, error: 0.05 })).toBe(9);
    const all = [
      { size: 4, drawn: 4 },
      { size: 5, drawn: 5 },
    ];
    expect(upperMarked({ strata: all, found: 2, error: 0.05 })).toBe(2);
    expect(refutesMarked({ strata: all, found: 2, error: 0.05 }, 3)).toBe(true);
  });
});

describe("provingDraw", () => {
  it("asks for these many accounts", () => {
    const draw = (sizes: readonly number[], found: number) =>
      provingDraw(sizes, { limit: 0.02, error: 0.05, found }).reduce((sum, one) => sum + one, 0);
    const table = [20, 100, 300, 1000, 25_000].map((size) => [0, 1, 2].map((n) => draw([size], n)));
    expect(table).toEqual([
      [20, 20, 20],
      [97, 100, 100],
      [199, 299, 300],
      [175, 391, 1000],
      [163, 335, 511],
    ]);
    expect([0, 1, 2].map((found) => draw([2500, 15_000, 7500], found))).toEqual([166, 339, 516]);
  });

  it("grows with what is found and contains the draw before it", () => {
    for (const sizes of [[9], [3, 8], [40], [3, 60, 200]]) {
      const draws = upTo(sizes.reduce((sum, size) => sum + size, 0)).map((found) =>
        provingDraw(sizes, { limit: 0.05, error: 0.05, found }),
      );
      for (const [i, draw] of draws.slice(1).entries())
        for (const [h, drawn] of draw.entries())
          expect(drawn).toBeGreaterThanOrEqual(draws[i]![h]!);
    }
  });

  it("lets more through than it may no more often than it may, by going through every order of every population", () => {
    const [limit, error] = [0.2, 0.3];
    for (const sizes of [[9], [3, 8]]) {
      const population = sizes.reduce((sum, size) => sum + size, 0);
      const draws = upTo(population).map((found) => provingDraw(sizes, { limit, error, found }));
      const wrong = new Map<string, number>();
      const all = new Map<string, number>();
      for (let order = 0; order < 2 ** population; order++) {
        const marks = Array.from({ length: population }, (_, i) => (order >> i) & 1);
        const strata = sizes.map((size, h) => {
          const from = sizes.slice(0, h).reduce((sum, one) => sum + one, 0);
          return marks.slice(from, from + size);
        });
        const count = (of: readonly number[]) => of.reduce((sum, mark) => sum + mark, 0);
        const inDraw = (drawn: readonly number[]) =>
          count(strata.flatMap((stratum, h) => stratum.slice(0, drawn[h])));
        const passed = draws.find((drawn, found) => inDraw(drawn) <= found)!;
        const rest = population - count(passed);
        const left = count(marks) - inDraw(passed);
        const spread = strata.map(count).join();
        all.set(spread, (all.get(spread) ?? 0) + 1);
        if (left > limit * rest) wrong.set(spread, (wrong.get(spread) ?? 0) + 1);
      }
      expect(wrong.size).toBeGreaterThan(0);
      for (const [spread, times] of wrong)
        expect(times / all.get(spread)!, `${sizes.join()} ${spread}`).toBeLessThanOrEqual(error);
    }
  });

  it("spends its error over the draws, and never more", () => {
    const spent = upTo(30).reduce((sum, found) => sum + errorAt(found, 0.05), 0);
    expect(spent).toBeLessThanOrEqual(0.05);
    expect(spent).toBeCloseTo(0.05, 9);
  });
});
