import { expect, it } from "vitest";
import { gathers } from "../../src/judge/gathers.ts";

it("deals half of all pairs of accounts to those that gather, the same whichever comes first", () => {
  let half = 0;
  for (let a = 0n; a < 100n; a++) {
    for (let b = 0n; b < a; b++) {
      const [x, y] = [a * 0x9e3779b97f4a7c15n, b * 0x9e3779b97f4a7c15n].map((h) =>
        BigInt.asUintN(64, h),
      ) as [bigint, bigint];
      expect(gathers(x, y, 5)).toBe(gathers(y, x, 5));
      if (gathers(x, y, 5)) half += 1;
    }
  }
  expect(half / 4950).toBeGreaterThan(0.47);
  expect(half / 4950).toBeLessThan(0.53);
});
