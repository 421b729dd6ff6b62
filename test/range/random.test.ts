import { expect, it } from "vitest";
import { makeRandom } from "../../src/range/random.ts";

it("a fork depends on the seed and the label, not on what was drawn before", () => {
  const a = makeRandom("x");
  const b = makeRandom("x");
  b.next();
  expect(a.fork("child").token(20)).toBe(b.fork("child").token(20));
  expect(a.fork("child").token(20)).not.toBe(a.fork("other").token(20));
});

it("draws uniform, normal, exponential and Poisson values with the right means", () => {
  const random = makeRandom("moments");
  const mean = (draw: () => number): number => {
    let sum = 0;
    for (let i = 0; i < 40_000; i++) sum += draw();
    return sum / 40_000;
  };
  expect(mean(() => random.next())).toBeCloseTo(0.5, 1);
  expect(mean(() => random.normal())).toBeCloseTo(0, 1);
  expect(mean(() => random.exponential(3)) / 3).toBeCloseTo(1, 1);
  expect(mean(() => random.poisson(4)) / 4).toBeCloseTo(1, 1);
  expect(mean(() => random.poisson(80)) / 80).toBeCloseTo(1, 1);
});

it("samples without repeats and picks by weight", () => {
  const random = makeRandom("sample");
  expect(new Set(random.sample([1, 2, 3, 4, 5], 4)).size).toBe(4);
  expect(new Set(random.sample([1, 2], 9))).toEqual(new Set([1, 2]));
  const hits = Array.from({ length: 4000 }, () =>
    random.weighted([
      ["a", 3],
      ["b", 1],
    ] as const),
  ).filter((x) => x === "a");
  expect(hits.length / 4000).toBeCloseTo(0.75, 1);
});
