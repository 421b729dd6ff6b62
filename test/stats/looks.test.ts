import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addLook, lookWeightBits, looksReached } from "../../src/stats/looks.ts";

describe("looks", () => {
  it("come at 64 exchanges and twice a doubling", () => {
    const volumes = [0, 63, 64, 90, 91, 127, 128, 255, 256, 64 * 2 ** 20];
    expect(volumes.map(looksReached)).toEqual([0, 0, 1, 1, 2, 2, 3, 4, 5, 41]);
    expect(looksReached(Number.NaN)).toBe(0);
  });

  it("have weights ½, ⅙, 1/12 … that sum to 1", () => {
    expect([0, 1, 2].map((look) => 2 ** lookWeightBits(look))).toEqual([
      0.5,
      expect.closeTo(1 / 6),
      expect.closeTo(1 / 12),
    ]);
    let sum = 0;
    for (let look = 0; look < 10_000; look++) sum += 2 ** lookWeightBits(look);
    expect(sum).toBeCloseTo(1 - 1 / 10_001, 9);
  });

  it("add up: two looks of 10 and 12 bits are log₂(2¹⁰/2 + 2¹²/6)", () => {
    const one = addLook(undefined, 0, 10);
    expect(one).toBeCloseTo(9, 12);
    expect(addLook(one, 1, 12)).toBeCloseTo(Math.log2(512 + 4096 / 6), 12);
  });

  it("never lower what was reached", () => {
    const bits = fc.double({ min: -1000, max: 900, noNaN: true });
    fc.assert(
      fc.property(fc.array(bits, { minLength: 1, maxLength: 20 }), (series) => {
        let running: number | undefined;
        for (const [look, value] of series.entries()) {
          const next = addLook(running, look, value);
          expect(Number.isFinite(next)).toBe(true);
          if (running !== undefined) expect(next).toBeGreaterThanOrEqual(running);
          running = next;
        }
      }),
    );
  });
});
