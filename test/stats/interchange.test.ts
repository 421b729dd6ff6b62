import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { accountSimilarity, type AccountSums } from "../../src/stats/account-similarity.ts";
import { interchange, INTERCHANGE_PARAMETERS } from "../../src/stats/interchange.ts";
import { random } from "../../src/stats/random.ts";
import { sketchWorld } from "./sketches.ts";

const uncapped = { ...INTERCHANGE_PARAMETERS, capBits: 100 };

function dispatched(seed: number, accounts: number, count: number): AccountSums {
  return sketchWorld(random(seed), { accounts, count: () => count, own: () => 0 });
}

function unit(next: () => number, dimension: number): Float64Array {
  const x = Float64Array.from({ length: dimension }, () => next() + next() + next() - 1.5);
  const norm = Math.hypot(...x);
  return x.map((value) => value / norm);
}

function averageBits(accounts: number, count: number, seeds: number): number {
  let sum = 0;
  for (let seed = 1; seed <= seeds; seed++) {
    sum += interchange({ ...dispatched(seed, accounts, count), parameters: uncapped }).bits;
  }
  return sum / seeds;
}

describe("interchange", () => {
  it("finds a dispatcher: about 4, 12 and 25 bits at 20, 50 and 100 accounts", () => {
    expect(averageBits(20, 9, 6)).toBeGreaterThan(3);
    expect(averageBits(50, 9, 4)).toBeGreaterThan(10);
    expect(averageBits(100, 9, 3)).toBeGreaterThan(22);
  });

  it("finds 4,000 accounts with two requests each and stops at the cap", () => {
    const world = dispatched(3, 4000, 2);
    expect(interchange({ ...world, parameters: uncapped }).bits).toBeGreaterThan(14);
    expect(interchange(world).bits).toBe(10);
  });

  it("has nothing to say for coordination where people have topics of their own", () => {
    const people = sketchWorld(random(5), { accounts: 100, count: () => 8, own: () => 0.07 });
    const result = interchange(people);
    expect(result.bits).toBeLessThanOrEqual(0);
    expect(result.theta).toBeCloseTo(0.07, 2);
  });

  it("abstains on identical work, where accounts repeat one sheet of items", () => {
    const dimension = 64;
    const accounts = 30;
    const sums = new Float64Array(accounts * dimension);
    for (let a = 0; a < accounts; a++) for (let d = 0; d < 8; d++) sums[a * dimension + d] = 1;
    const counts = new Uint32Array(accounts).fill(8);
    const result = interchange({ sums, counts, dimension });
    expect(result.theta).toBeCloseTo(-1 / 8, 6);
    expect(result.significantlyNegative).toBe(true);
    expect(result.bits).toBe(0);
  });

  it("does not gain on the way to abstaining: a handful of accounts at most of one sheet", () => {
    const dimension = 64;
    const accounts = 7;
    let total = 0;
    for (let seed = 1; seed <= 400; seed++) {
      const next = random(seed);
      const sheet = Array.from({ length: 18 }, () => unit(next, dimension));
      const sums = new Float64Array(accounts * dimension);
      const counts = new Uint32Array(accounts);
      for (let a = 0; a < accounts; a++) {
        for (const item of sheet) {
          if (next() < 0.2) continue;
          counts[a]! += 1;
          item.forEach((x, d) => (sums[a * dimension + d]! += x));
        }
      }
      const unbounded = { ...uncapped, negativeZ: Infinity };
      total += 2 ** interchange({ sums, counts, dimension, parameters: unbounded }).bits;
    }
    expect(total / 400).toBeLessThan(1);
  });

  it("bets once a payer: twenty seats of four teams that are dealt their work are four parties", () => {
    const world = dispatched(7, 20, 40);
    const strangers = interchange({ ...world, parameters: uncapped });
    const payers = Uint32Array.from({ length: 20 }, (_, a) => Math.floor(a / 5));
    const teams = interchange({ ...world, payers, parameters: uncapped });
    expect(strangers.bits).toBeGreaterThan(8);
    expect(teams.bits).toBeLessThan(4);
    expect(teams.theta).toBe(strangers.theta);
  });

  it("says the same of payers with one account each as of accounts", () => {
    const world = dispatched(9, 40, 9);
    const payers = Uint32Array.from({ length: 40 }, (_, a) => a);
    expect(interchange({ ...world, payers }).bits).toBeCloseTo(interchange(world).bits, 9);
  });

  it("keeps its power under content that everybody shares", () => {
    const world = sketchWorld(random(8), {
      accounts: 100,
      count: () => 9,
      own: () => 0,
      shared: 0.1,
    });
    expect(interchange({ ...world, parameters: uncapped }).bits).toBeGreaterThan(10);
  });

  it("says nothing of fewer than two accounts, or of accounts with one exchange", () => {
    const none = { sums: new Float64Array(0), counts: new Uint32Array(0), dimension: 4 };
    expect(interchange(none)).toMatchObject({ bits: 0, accounts: 0, theta: 0 });
    const ones = dispatched(1, 50, 1);
    expect(interchange(ones)).toMatchObject({ bits: 0, accounts: 0 });
  });

  it("passes over accounts with one exchange wherever they stand", () => {
    const world = dispatched(2, 30, 6);
    const padded: AccountSums = {
      dimension: world.dimension,
      sums: Float64Array.from([...new Float64Array(world.dimension).fill(0.1), ...world.sums]),
      counts: Uint32Array.from([1, ...world.counts]),
    };
    expect(interchange(padded).bits).toBeCloseTo(interchange(world).bits, 9);
  });

  it("has expectation at most 1 over every sequence of a finite population at the edge of the null", () => {
    // Four kinds of accounts on the plane, two unit vectors each: a topic or a spread; their mean is far from 0.
    const kinds = [
      [2, 0],
      [0, 0],
      [1, 1],
      [0.4, -0.3],
    ];
    const length = 6;
    const within = kinds.map(([x = 0, y = 0]) => (x * x + y * y - 2) / 2);
    const centre = [0, 1].map((d) => kinds.reduce((sum, kind) => sum + (kind[d] ?? 0) / 8, 0));
    const theta0 =
      within.reduce((sum, w) => sum + w / 4, 0) - centre.reduce((sum, c) => sum + c * c, 0);
    const strata = [{ leastCount: 2, clip: 20, fold: 20, theta0, priorVariance: 0.5 }];
    let total = 0;
    for (let code = 0; code < 4 ** length; code++) {
      const sums = Float64Array.from({ length: 2 * length }, (_, i) => {
        const kind = Math.floor(code / 4 ** Math.floor(i / 2)) % 4;
        return kinds[kind]?.[i % 2] ?? 0;
      });
      const counts = new Uint32Array(length).fill(2);
      const parameters = { strata, capBits: 1000, negativeZ: Infinity };
      total += 2 ** interchange({ sums, counts, dimension: 2, parameters }).bits;
    }
    expect(total / 4 ** length).toBeLessThanOrEqual(1 + 1e-12);
  });

  it("is finite and within its cap for any sums", () => {
    const account = fc.tuple(
      fc.nat({ max: 20 }),
      fc.array(fc.double({ min: -9, max: 9, noNaN: true }), { minLength: 3, maxLength: 3 }),
    );
    fc.assert(
      fc.property(fc.array(account, { maxLength: 12 }), (rows) => {
        const { bits, theta } = interchange({
          sums: Float64Array.from(rows.flatMap(([, sum]) => sum)),
          counts: Uint32Array.from(rows, ([count]) => count),
          dimension: 3,
        });
        expect(Number.isFinite(bits) && Number.isFinite(theta)).toBe(true);
        expect(bits).toBeLessThanOrEqual(10);
      }),
    );
  });
});

describe("accountSimilarity", () => {
  it("agrees with the sums over pairs worked out by hand", () => {
    // Account 0: (1,0),(1,0); account 1: (0,1),(1,0). Within: 1 and 0; between: mean of (2,0)/2·(1,1)/2 = ½.
    const result = accountSimilarity({
      sums: Float64Array.from([2, 0, 1, 1]),
      counts: Uint32Array.from([2, 2]),
      dimension: 2,
    });
    expect([...result.values]).toEqual([0.5, -0.5]);
    expect(result.theta).toBe(0);
  });

  it("does not depend on the order of accounts", () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 2, max: 12 }), (seed, accounts) => {
        const world = sketchWorld(random(seed), {
          accounts,
          dimension: 5,
          count: (next) => 2 + Math.floor(4 * next()),
          own: () => 0.2,
        });
        const rows = [...world.counts.keys()].reverse();
        const reversed = accountSimilarity({
          dimension: 5,
          counts: Uint32Array.from(rows, (a) => world.counts[a] ?? 0),
          sums: Float64Array.from(rows.flatMap((a) => [...world.sums.subarray(5 * a, 5 * a + 5)])),
        });
        const straight = accountSimilarity(world);
        expect(reversed.theta).toBeCloseTo(straight.theta, 10);
        expect(reversed.thetaStandardError).toBeCloseTo(straight.thetaStandardError, 10);
      }),
      { numRuns: 50 },
    );
  });
});
