import { describe, expect, it } from "vitest";
import { clipBits, FLOOR_BITS } from "../../src/stats/clip-bits.ts";
import { log2Sum } from "../../src/stats/log2-sum.ts";
import { random } from "../../src/stats/random.ts";

describe("random", () => {
  it("repeats itself for a seed, differs between seeds and is even over [0, 1)", () => {
    const take = (seed: number, n: number) => Array.from({ length: n }, random(seed));
    expect(take(5, 10)).toEqual(take(5, 10));
    expect(take(5, 10)).not.toEqual(take(6, 10));
    const tenths = new Uint32Array(10);
    for (const u of take(1, 100_000)) tenths[Math.floor(u * 10)]! += 1;
    for (const count of tenths) expect(Math.abs(count - 10_000)).toBeLessThan(400);
  });
});

describe("log2Sum", () => {
  it("adds in the exponent without overflow", () => {
    expect(log2Sum([3, 3])).toBe(4);
    expect(log2Sum([5000, 5000, -5000])).toBe(5001);
    expect(log2Sum([])).toBe(-Infinity);
  });
});

describe("clipBits", () => {
  it("keeps bits finite and under the cap", () => {
    expect([Number.NaN, -Infinity, Infinity, 12].map((b) => clipBits(b, 10))).toEqual([
      0,
      FLOOR_BITS,
      10,
      10,
    ]);
  });
});
