import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bettingMean } from "../../src/stats/betting-mean.ts";
import { random } from "../../src/stats/random.ts";
import { upperConfidence } from "../../src/stats/upper-confidence.ts";

const unit = fc.double({ min: 0, max: 1, noNaN: true });

describe("bettingMean", () => {
  it("lays its first bet by the prior alone", () => {
    // μ̂ = .75, σ̂² = .05: λ = .25/(.05 + .0625) = 2.22, held at .9/.5 = 1.8; 1 + 1.8·.5 = 1.9.
    expect(bettingMean([1])).toBeCloseTo(Math.log2(1.9), 12);
    expect(bettingMean([])).toBe(0);
  });

  it("has expectation 1 over every sequence of fair coins", () => {
    let total = 0;
    for (let code = 0; code < 2 ** 12; code++) {
      total += 2 ** bettingMean(Float64Array.from({ length: 12 }, (_, i) => (code >> i) & 1));
    }
    expect(total / 2 ** 12).toBeCloseTo(1, 12);
  });

  it("needs about twenty accounts of clear harvest for ten bits", () => {
    expect(bettingMean(new Float64Array(20).fill(0.9))).toBeGreaterThan(10);
    const tossed = Float64Array.from({ length: 200 }, random(6)).map((u) => Number(u < 0.55));
    expect(bettingMean(tossed)).toBeLessThan(3);
  });

  it("never wins where no value exceeds the threshold", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 0.3, noNaN: true })), (values) => {
        expect(bettingMean(values, { threshold: 0.3 })).toBeLessThanOrEqual(1e-9);
      }),
    );
  });

  it("stays finite for any values, and clips those outside [0, 1]", () => {
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 300 }), (values) => {
        expect(Number.isFinite(bettingMean(values))).toBe(true);
      }),
    );
    expect(bettingMean([7, -3])).toBe(bettingMean([1, 0]));
    expect(bettingMean(new Float64Array(5000))).toBeGreaterThanOrEqual(-1000);
  });
});

describe("upperConfidence", () => {
  it("covers the mean at least 95 times in a hundred", () => {
    let missed = 0;
    for (let seed = 0; seed < 600; seed++) {
      const next = random(seed);
      const values = Float64Array.from({ length: 60 }, () =>
        next() < 0.85 ? 0.1 * next() : next(),
      );
      if (upperConfidence(values, 0.95) < 0.85 * 0.05 + 0.15 * 0.5) missed += 1;
    }
    expect(missed).toBeLessThanOrEqual(30);
  });

  it("holds a relay's share under .2 with 60 accounts around .05", () => {
    const next = random(4);
    expect(
      upperConfidence(
        Float64Array.from({ length: 60 }, () => 0.1 * next()),
        0.95,
      ),
    ).toBeLessThan(0.15);
  });

  it("is 1 where nothing was seen and where everything is 1", () => {
    expect(upperConfidence([], 0.95)).toBe(1);
    expect(upperConfidence(new Float64Array(50).fill(1), 0.95)).toBe(1);
  });

  it("lies within [0, 1] and above the lower bound, its mirror image", () => {
    fc.assert(
      fc.property(fc.array(unit, { minLength: 1, maxLength: 80 }), (values) => {
        const mirrored = values.map((value) => 1 - value);
        for (const level of [0.95, 0.99]) {
          const upper = upperConfidence(values, level);
          expect(upper).toBeGreaterThanOrEqual(1 - upperConfidence(mirrored, level) - 1e-9);
          expect(upper).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});
