import { describe, expect, it } from "vitest";
import { estimateTheta0 } from "../../src/stats/estimate-theta0.ts";
import { random } from "../../src/stats/random.ts";
import { normal } from "./draws.ts";

function cause(seed: number, size: number, mean: number): Float64Array {
  const next = random(seed);
  return Float64Array.from({ length: size }, () => mean + 0.02 * normal(next));
}

describe("estimateTheta0", () => {
  it("lies below the mean of the weakest cause and above 0 where accounts are many", () => {
    const theta0 = estimateTheta0([cause(1, 800, 0.03), cause(2, 800, 0.015)], { clip: 0.05 });
    expect(theta0).toBeGreaterThan(0.009);
    expect(theta0).toBeLessThan(0.015);
  });

  it("is not given where the weakest cause may be at 0, or no cause has enough accounts", () => {
    const strong = cause(1, 800, 0.03);
    expect(estimateTheta0([strong, cause(2, 800, 0)], { clip: 0.05 })).toBeUndefined();
    expect(estimateTheta0([cause(3, 49, 0.04)], { clip: 0.05 })).toBeUndefined();
    expect(estimateTheta0([], { clip: 0.05 })).toBeUndefined();
  });

  it("never exceeds the true mean more than once in a hundred times", () => {
    let above = 0;
    for (let seed = 0; seed < 400; seed++) {
      const next = random(seed);
      const values = Float64Array.from({ length: 100 }, () => (next() < 0.6 ? 0 : 0.05));
      if ((estimateTheta0([values], { clip: 0.05 }) ?? 0) > 0.02) above += 1;
    }
    expect(above).toBeLessThanOrEqual(8);
  });
});
