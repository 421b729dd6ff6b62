import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { poissonMixture } from "../../src/stats/poisson-mixture.ts";
import { upperRate } from "../../src/stats/upper-rate.ts";

describe("poissonMixture", () => {
  it("is worked out by hand for a rate of one half, where only the rates ½√2 and 1 remain", () => {
    // λ₀ = 1, ratios √2 and 2: E = ½(√2³·e^(1−√2) + 2³·e^(−1)).
    const expected = 0.5 * (2 ** 1.5 * Math.exp(1 - Math.SQRT2) + 8 * Math.exp(-1));
    expect(poissonMixture({ events: 3, trials: 2, nullRate: 0.5 })).toBeCloseTo(
      Math.log2(expected),
      10,
    );
  });

  it("has expectation 1 at the edge of the null and less inside, summed over all counts", () => {
    for (const [mean, limit] of [
      [3, 1],
      [1, 0.5],
    ] as const) {
      let probability = Math.exp(-mean);
      let expected = 0;
      for (let x = 0; x < 400; x++) {
        expected += probability * 2 ** poissonMixture({ events: x, trials: 30, nullRate: 0.1 });
        probability *= mean / (x + 1);
      }
      expect(expected).toBeLessThanOrEqual(limit + 1e-9);
      if (mean === 3) expect(expected).toBeCloseTo(1, 9);
    }
  });

  it("is sure of a few echoes where references show none", () => {
    const nullRate = upperRate(0, 50_000);
    expect(poissonMixture({ events: 5, trials: 200, nullRate })).toBeGreaterThan(20);
  });

  it("never speaks for coordination at or below the expected count", () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 5000 }),
        fc.integer({ min: 1, max: 100_000 }),
        fc.double({ min: 1e-9, max: 0.99, noNaN: true }),
        (events, trials, nullRate) => {
          const bits = poissonMixture({ events, trials, nullRate });
          expect(Number.isFinite(bits)).toBe(true);
          if (events <= trials * nullRate) expect(bits).toBeLessThanOrEqual(1e-9);
        },
      ),
    );
  });

  it("rises with events and falls with trials and with the references' rate", () => {
    const bits = (events: number, trials: number, nullRate: number) =>
      poissonMixture({ events, trials, nullRate });
    for (let x = 0; x < 20; x++) expect(bits(x + 1, 100, 0.01)).toBeGreaterThan(bits(x, 100, 0.01));
    expect(bits(9, 100, 0.01)).toBeGreaterThan(bits(9, 300, 0.01));
    expect(bits(9, 100, 0.01)).toBeGreaterThan(bits(9, 100, 0.03));
  });

  it("says nothing without trials, without a reference rate, or where the references' rate is 1", () => {
    expect(poissonMixture({ events: 3, trials: 0, nullRate: 0.1 })).toBe(0);
    expect(poissonMixture({ events: 3, trials: 9, nullRate: 0 })).toBe(0);
    expect(poissonMixture({ events: 3, trials: 9, nullRate: upperRate(0, 0) })).toBe(0);
  });
});

describe("upperRate", () => {
  it("matches exact Poisson limits (R: qchisq(.99, 2*(x+1))/2)", () => {
    expect(upperRate(0, 1000)).toBeCloseTo(4.60517 / 1000, 7);
    expect(upperRate(1, 1000)).toBeCloseTo(6.638352 / 1000, 7);
    expect(upperRate(5, 1000)).toBeCloseTo(13.108481 / 1000, 7);
    expect(upperRate(100, 1e6)).toBeCloseTo(126.1 / 1e6, 6);
  });

  it("never exceeds 1, and is 1 where nothing was tried", () => {
    expect(upperRate(3, 3)).toBe(1);
    expect(upperRate(0, 0)).toBe(1);
  });
});
