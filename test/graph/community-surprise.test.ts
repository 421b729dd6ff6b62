import { describe, expect, it } from "vitest";
import { log2Choose, surplusBits } from "../../src/graph/community-surprise.ts";
import { span } from "./planted.ts";

/** 30,000 keys of two parties among 10,000. */
const keysOfDegree = [0, 0, 30_000, 5_000, 1_000];

describe("the surplus bits of a community", () => {
  it("stay below zero for a tree of keys, however large: random keys always form trees", () => {
    for (const n of [4, 20, 200]) {
      const tree = {
        parties: span(0, n),
        degrees: span(0, n - 1).fill(2),
        holders: span(0, n - 1).fill(2),
      };
      expect(surplusBits(tree, keysOfDegree, 10_000)).toBeLessThan(0);
    }
  });

  it("are large where twelve parties share thirty keys", () => {
    const group = {
      parties: span(0, 12),
      degrees: span(0, 30).fill(2),
      holders: span(0, 30).fill(2),
    };
    expect(surplusBits(group, keysOfDegree, 10_000)).toBeGreaterThan(100);
  });

  it("know the logarithm of a binomial coefficient", () => {
    expect(log2Choose(10, 5)).toBeCloseTo(Math.log2(252), 4);
    expect(log2Choose(52, 5)).toBeCloseTo(Math.log2(2_598_960), 4);
    expect(log2Choose(7, 0)).toBe(0);
    expect(log2Choose(7, 7)).toBe(0);
  });
});
