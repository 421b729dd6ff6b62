import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clusterShare } from "../../src/stats/cluster-share.ts";
import { makeRandom } from "../../src/range/random.ts";

const clusters = fc.array(
  fc
    .tuple(fc.integer({ min: 1, max: 32 }), fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(500))
    .map(([n, part, weight]) => ({ n, k: Math.round(part * n), weight: weight + 1 })),
  { minLength: 1, maxLength: 40 },
);

describe("clusterShare", () => {
  it("lies within its interval, and the interval within 0 and 1, in any order of the clusters", () => {
    fc.assert(
      fc.property(clusters, (some) => {
        const { share, low, high } = clusterShare(some);
        expect(0 <= low && low <= share && share <= high && high <= 1).toBe(true);
        expect(clusterShare(some.toReversed()).share).toBeCloseTo(share, 12);
      }),
    );
  });

  it("knows nothing of an empty sample", () => {
    expect(clusterShare([])).toEqual({ share: 0, low: 0, high: 1 });
    expect(clusterShare([{ n: 0, k: 0, weight: 9 }])).toEqual({ share: 0, low: 0, high: 1 });
  });

  it("is Wilson's interval where clusters of one are independent units", () => {
    const units = Array.from({ length: 100 }, (_, i) => ({ n: 1, k: i < 30 ? 1 : 0, weight: 1 }));
    const { share, low, high } = clusterShare(units);
    expect(share).toBe(0.3);
    // R: prop.test(30, 100, correct = FALSE)$conf.int = 0.2189489 0.3958485; n* is 99 instead of 100.
    expect(low).toBeCloseTo(0.2189, 2);
    expect(high).toBeCloseTo(0.3958, 2);
  });

  it("doesn't take an account's exchanges for independent: like ones widen the interval", () => {
    const alike = Array.from({ length: 20 }, (_, i) => ({ n: 30, k: i < 10 ? 30 : 0, weight: 1 }));
    const mixed = Array.from({ length: 20 }, () => ({ n: 30, k: 15, weight: 1 }));
    const width = ({ low, high }: ReturnType<typeof clusterShare>): number => high - low;
    expect(clusterShare(alike).share).toBe(clusterShare(mixed).share);
    expect(width(clusterShare(alike))).toBeGreaterThan(2 * width(clusterShare(mixed)));
  });

  it("covers the true share in about 95 % of samples of unlike accounts", () => {
    const random = makeRandom("coverage");
    let covered = 0;
    for (let round = 0; round < 400; round++) {
      const sample = Array.from({ length: 30 }, () => {
        const own = random.chance(0.5) ? 0.1 : 0.5;
        const k = Array.from({ length: 20 }, () => random.chance(own)).filter(Boolean).length;
        return { n: 20, k, weight: 1 };
      });
      const { low, high } = clusterShare(sample);
      if (low <= 0.3 && 0.3 <= high) covered += 1;
    }
    expect(covered / 400).toBeGreaterThan(0.92);
    expect(covered / 400).toBeLessThan(0.98);
  });
});
