import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mmd } from "../../src/range/baselines/mmd.ts";
import { makeHistory, mmdStatistic, mmdWindow } from "../../src/range/baselines/mmd-window.ts";
import {
  promptSketcher,
  squaredDistances,
  type PromptSketch,
} from "../../src/range/baselines/prompt-sketch.ts";
import { random, type Random } from "../../src/stats/random.ts";
import {
  DAY,
  MINUTE,
  openBaselineBench,
  START,
  type BaselineBench,
  type Line,
} from "./baseline-bench.ts";

/** Twelve words of a skewed vocabulary that begins at `first`. */
function prompt(draw: Random, first = 0): number[] {
  return Array.from({ length: 12 }, () => first + Math.floor(400 * draw() ** 2));
}

function prompts(draw: Random, count: number, malicious = 0): number[][] {
  return Array.from({ length: count }, (_, i) => prompt(draw, i < malicious * count ? 9000 : 0));
}

function sketched(
  sketch: ReturnType<typeof promptSketcher>,
  all: readonly (readonly number[])[],
): PromptSketch[] {
  return all.flatMap((tokens) => sketch(tokens) ?? []);
}

/** A window with a share of other prompts against a history, each drawn anew. */
function drawnTest(seed: number, window: number, malicious: number, fpr = 0.05) {
  const draw = random(seed);
  const past = prompts(draw, 150);
  const sketch = promptSketcher(prompts(draw, 150));
  return mmdWindow(
    sketched(sketch, prompts(draw, window, malicious)),
    makeHistory(sketched(sketch, past)),
    { fpr, permutations: 199, seed },
  );
}

describe("the MMD of a window", () => {
  it("is the unbiased estimate, whichever side is larger", () => {
    for (const [n, m] of [
      [9, 14],
      [14, 9],
      [8, 8],
    ] as const) {
      const draw = random(n);
      const past = prompts(draw, m);
      const sketch = promptSketcher(past);
      const [x, y] = [sketched(sketch, prompts(draw, n, 0.5)), sketched(sketch, past)];
      const history = makeHistory(y);
      const mean = (a: PromptSketch[], b: PromptSketch[]): number => {
        let sum = 0;
        for (const [i, left] of a.entries())
          for (const [j, right] of b.entries())
            if (a !== b || i !== j)
              sum += Math.exp(history.scale * squaredDistances([left], [right])[0]!);
        return sum / (a === b ? a.length * (a.length - 1) : a.length * b.length);
      };
      const { statistic } = mmdWindow(x, history, { fpr: 0.1, permutations: 9, seed: 1 });
      expect(statistic).toBeCloseTo(mean(x, x) + mean(y, y) - 2 * mean(x, y), 5);
      expect(mmdStatistic(x, history)).toBeCloseTo(statistic, 5);
    }
  });

  it("is flagged under the null no more often than stated: 200 seeded draws", () => {
    let flagged = 0;
    for (let seed = 1; seed <= 200; seed++) if (drawnTest(seed, 60, 0).flagged) flagged += 1;
    // 95 % Wilson interval of the rate.
    const [rate, z] = [flagged / 200, 1.96];
    const centre = (rate + (z * z) / 400) / (1 + (z * z) / 200);
    const half = (z * Math.sqrt((rate * (1 - rate)) / 200 + (z / 400) ** 2)) / (1 + (z * z) / 200);
    expect(centre - half).toBeLessThanOrEqual(0.05);
    expect(centre + half).toBeGreaterThanOrEqual(0.05);
  });

  it("shows a window of other prompts, and a quarter of them among ordinary ones", () => {
    for (const share of [1, 0.25]) {
      const { flagged, p, statistic, threshold } = drawnTest(3, 100, share, 0.01);
      expect([flagged, p <= 0.01, statistic >= threshold]).toEqual([true, true, true]);
    }
  });

  it("never exceeds what too few permutations can tell", () => {
    const { flagged, threshold } = drawnTest(3, 100, 1, 0.001);
    expect([flagged, threshold]).toEqual([false, Infinity]);
  });

  it("needs two requests on each side", () => {
    const sketch = promptSketcher([[1, 2, 3]]);
    const [one] = sketched(sketch, [[1, 2, 3]]);
    expect(() => makeHistory([one!])).toThrow(RangeError);
    const options = { fpr: 0.01, permutations: 9, seed: 1 };
    expect(() => mmdWindow([one!], makeHistory([one!, one!]), options)).toThrow(RangeError);
  });
});

describe("sketches of prompts", () => {
  it("are of unit length, alike for alike prompts, and none for no words", () => {
    const draw = random(1);
    const sketch = promptSketcher(prompts(draw, 50));
    const base = prompt(draw);
    const near = [...base.slice(0, 11), 399];
    const [a, b, c] = [base, near, prompt(draw, 9000)].map((tokens) => sketch(tokens)!);
    expect(a!.values.reduce((sum, value) => sum + value * value, 0)).toBeCloseTo(1, 5);
    const [same, close, far] = squaredDistances([a!], [a!, b!, c!]);
    expect(same).toBeCloseTo(0, 5);
    expect(close!).toBeLessThan(far!);
    expect(far!).toBeGreaterThan(1.5);
    expect(sketch([])).toBeNull();
  });
});

describe("MMD windows in traffic", () => {
  const draw = random(11);
  const lines: Line[] = [];
  for (let day = 0; day < 4; day++) {
    for (let i = 0; i < 240; i++) {
      const time = START + day * DAY + i * 5 * MINUTE;
      lines.push({ account: `acct${i % 4}`, time, tokens: prompt(draw) });
      if (day > 0 && i % 4 < 2)
        lines.push({
          account: `key${i % 4}`,
          organization: "org",
          time,
          tokens: prompt(draw, i % 8 < 2 ? 0 : 9000),
        });
    }
  }

  let bench: BaselineBench;
  beforeAll(async () => {
    bench = await openBaselineBench(lines);
  });
  afterAll(() => bench.close());

  it("flag the tenant whose requests are drawn otherwise, with all its accounts", async () => {
    const flagged = await bench.flag(mmd({ window: 200, least: 100, history: 200 }));
    expect(flagged.map(({ accounts }) => accounts)).toEqual([["key0", "key1"]]);
    // 120 requests a day: the 200th comes on the second day after the history.
    expect(flagged[0]!.time!.slice(0, 10)).toBe("2026-11-03");
  });

  it("leave tenants with too few requests untested", async () => {
    expect(await bench.flag(mmd({ window: 1500, least: 400 }))).toEqual([]);
  });

  it("take the threshold from other tenants' windows where asked, if they are enough", async () => {
    const chosen = { window: 50, least: 20, history: 200, null: "tenants" } as const;
    expect(await bench.flag(mmd({ ...chosen, fpr: 0.01 }))).toEqual([]);
    const flagged = await bench.flag(mmd({ ...chosen, fpr: 0.2 }));
    expect(flagged.map(({ accounts }) => accounts)).toContainEqual(["key0", "key1"]);
  });
});
