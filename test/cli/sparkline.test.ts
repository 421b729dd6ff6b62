import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sparkline } from "../../src/cli/sparkline.ts";

describe("a sparkline", () => {
  it("draws a bar a count where there is room, blanks for none, the tallest for the most", () => {
    expect(sparkline([0, 1, 4, 8, 0, 7], 10).bars).toBe(" ▂▅█ ▇".replace("▇", "█"));
  });

  it("sums neighbours where there is not, and says where each went", () => {
    const { bars, columnOf } = sparkline([1, 1, 0, 0, 2], 3);
    expect(bars).toBe("█ █");
    expect([0, 1, 2, 3, 4, 99].map(columnOf)).toEqual([0, 0, 1, 1, 2, 2]);
  });

  it("never is wider than told, whatever the counts", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(10_000)), fc.integer({ min: 1, max: 60 }), (counts, width) => {
        const { bars, columnOf } = sparkline(counts, width);
        expect(bars.length).toBeLessThanOrEqual(width);
        for (const [i, n] of counts.entries()) if (n > 0) expect(bars[columnOf(i)]).not.toBe(" ");
      }),
    );
  });
});
