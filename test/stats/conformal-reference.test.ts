import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { conformalReference } from "../../src/stats/conformal-reference.ts";

const score = fc.double({ min: 0, max: 1e6, noNaN: true });

describe("conformalReference", () => {
  it("is log₂ of (n+1)·S over the sum of all scores", () => {
    expect(conformalReference(81, new Float64Array(19).fill(1))).toBeCloseTo(
      Math.log2((20 * 81) / 100),
      12,
    );
  });

  it("averages to exactly 1 over the places the group could take among its references", () => {
    fc.assert(
      fc.property(fc.array(score, { minLength: 20, maxLength: 60 }), (scores) => {
        if (scores.every((s) => s === 0)) return;
        const mean = scores
          .map((s, i) => 2 ** conformalReference(s, scores.toSpliced(i, 1)))
          .reduce((sum, e) => sum + e / scores.length, 0);
        expect(mean).toBeCloseTo(1, 6);
      }),
    );
  });

  it("cannot exceed log₂(n + 1) bits however extreme the score", () => {
    fc.assert(
      fc.property(score, fc.array(score, { minLength: 19, maxLength: 40 }), (s, references) => {
        const bits = conformalReference(s * 1e9, references);
        expect(bits).toBeLessThanOrEqual(Math.log2(references.length + 1) + 1e-9);
        expect(Number.isFinite(bits)).toBe(true);
      }),
    );
  });

  it("says nothing with fewer than 19 references or where all scores are 0", () => {
    expect(conformalReference(100, new Float64Array(18).fill(1))).toBe(0);
    expect(conformalReference(0, new Float64Array(30))).toBe(0);
  });
});
