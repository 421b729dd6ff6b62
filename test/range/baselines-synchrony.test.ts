import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  fillBin,
  likelyPairs,
  makeSketches,
  similarity,
  SKETCH_BINS,
  unionOf,
  type ActionSketches,
} from "../../src/range/baselines/action-sketches.ts";
import { makeComponents } from "../../src/range/baselines/components.ts";
import { linkAlike, synchrony } from "../../src/range/baselines/synchrony.ts";
import { random } from "../../src/stats/random.ts";
import {
  DAY,
  HOUR,
  MINUTE,
  openBaselineBench,
  START,
  type BaselineBench,
  type Line,
} from "./baseline-bench.ts";

/** Sketches of sets of numbers, as the warehouse makes them. */
function sketchesOf(sets: readonly (readonly number[])[]): ActionSketches {
  const sketches = makeSketches(sets.length);
  for (const [account, set] of sets.entries()) {
    for (const item of new Set(set)) {
      const draw = random(item);
      const bin = Math.floor(draw() * SKETCH_BINS);
      fillBin(sketches, { account, bin, least: Math.floor(draw() * 2 ** 32), actions: 1 });
    }
  }
  return sketches;
}

const from = (start: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => start + i);

describe("sketches of actions", () => {
  it("estimate the Jaccard similarity within four standard errors", () => {
    for (const [shared, own] of [
      [400, 0],
      [300, 50],
      [200, 200],
      [40, 500],
      [0, 300],
    ] as const) {
      const jaccard = shared / (shared + 2 * own);
      const sketches = sketchesOf([
        from(0, shared + own),
        [...from(0, shared), ...from(9000, own)],
      ]);
      const error = Math.sqrt((jaccard * (1 - jaccard)) / SKETCH_BINS);
      expect(Math.abs(similarity(sketches, 0, 1) - jaccard)).toBeLessThanOrEqual(4 * error);
    }
  });

  it("know nothing of an account that did nothing", () => {
    expect(similarity(sketchesOf([[], []]), 0, 1)).toBe(0);
    likelyPairs(sketchesOf([[], []]), () => expect.unreachable());
  });

  it("unite as the sets do", () => {
    const [first, second] = [sketchesOf([from(0, 90), from(500, 9)]), sketchesOf([from(90, 60)])];
    expect(unionOf([first, second], 2)).toEqual(sketchesOf([from(0, 150), from(500, 9)]));
  });

  it("offer a linear number of pairs, however many accounts do the same", () => {
    let pairs = 0;
    likelyPairs(sketchesOf(Array.from({ length: 500 }, () => from(0, 60))), () => pairs++);
    expect(pairs).toBeGreaterThanOrEqual(499);
    expect(pairs).toBeLessThanOrEqual(3 * SKETCH_BINS * 500);
  });

  it("gather each of several groups whole, and nobody else", () => {
    const draw = random(5);
    const sets = from(0, 400).map((account) => {
      const group = account % 4;
      const common = from(1000 * group, 60).filter(() => draw() < 0.75);
      return group === 3 ? from(10_000 + 100 * account, 60) : common;
    });
    const components = makeComponents();
    components.grow(400);
    linkAlike(sketchesOf(sets), components, { similarity: 0.5, leastMatched: 12 });
    components.stamp(1, 2);
    expect(components.stamped().map(({ accounts }) => accounts)).toEqual(
      [0, 1, 2].map((group) => from(0, 400).filter((account) => account % 4 === group)),
    );
  });
});

describe("components", () => {
  it("keep the first time at which a part had enough accounts", () => {
    const components = makeComponents();
    components.grow(5);
    components.join(0, 1);
    components.stamp(10, 3);
    expect(components.stamped()).toEqual([]);
    components.join(1, 2);
    components.stamp(20, 3);
    components.join(3, 4);
    components.join(4, 0);
    components.stamp(30, 3);
    expect(components.stamped()).toEqual([{ accounts: [0, 1, 2, 3, 4], time: 20 }]);
  });
});

describe("synchronized actions", () => {
  /** Kind 1: pieces of prompts. */
  const keys = from(1, 20).map((key) => key * 16 + 1);
  const lines: Line[] = [];
  const draw = random(3);
  for (let day = 0; day < 3; day++) {
    // Twelve accounts use the keys at five o'clock, some minutes apart.
    for (const i of from(0, 12))
      lines.push({
        account: `together${i}`,
        time: START + day * DAY + 5 * HOUR + Math.floor(draw() * 40) * MINUTE,
        keys,
      });
    // Ten use the same keys, each at an hour of its own.
    for (const i of from(0, 10))
      lines.push({
        account: `apart${i}`,
        time: START + day * DAY + (7 + ((i * 3 + day * 7) % 10)) * HOUR + 30 * MINUTE,
        keys,
      });
    // Twelve act together, each on keys of its own.
    for (const i of from(0, 12))
      lines.push({
        account: `stranger${i}`,
        time: START + day * DAY + 5 * HOUR,
        keys: from(1000 + 100 * i, 20).map((key) => key * 16 + 1),
      });
  }

  let bench: BaselineBench;
  beforeAll(async () => {
    bench = await openBaselineBench(lines);
  });
  afterAll(() => bench.close());

  it("gather who does the same at the same time, and leave who does it at other times", async () => {
    const flagged = await bench.flag(synchrony({ similarity: 0.5 }));
    expect(flagged).toEqual([
      {
        accounts: from(0, 12)
          .map((i) => `together${i}`)
          .toSorted(),
        time: new Date(START + DAY).toISOString(),
      },
    ]);
  });

  it("need enough matched actions and enough accounts", async () => {
    expect(await bench.flag(synchrony({ similarity: 0.5, leastMatched: 200 }))).toEqual([]);
    expect(await bench.flag(synchrony({ similarity: 0.5, leastAccounts: 13 }))).toEqual([]);
  });
});
