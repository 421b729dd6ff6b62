import { describe, expect, it } from "vitest";
import { meanWithInterval } from "./draws.ts";
import { eValues, NULL_WORLDS } from "./nulls.ts";

describe("every e-value over simulated nulls", () => {
  for (const world of NULL_WORLDS) {
    it(`${world.construct} expects at most 1: ${world.null}`, () => {
      const sample = eValues(world, 7, Math.ceil(world.draws / 8));
      const { mean, halfWidth } = meanWithInterval(sample);
      expect(sample.every(Number.isFinite)).toBe(true);
      expect(mean - halfWidth).toBeLessThanOrEqual(1);
      // A plain mean over heavy tails hangs on single draws; min(E, 16) must expect at most 1 as well and is bounded.
      const bounded = meanWithInterval(sample.map((e) => Math.min(e, 16)));
      expect(bounded.mean - bounded.halfWidth).toBeLessThanOrEqual(1);
      expect(bounded.mean).toBeLessThan(1.2);
      // Markov: P(E ≥ 64) ≤ 1/64, here with room for chance.
      expect(sample.filter((e) => e >= 64).length / sample.length).toBeLessThan(0.03);
    });
  }
});
