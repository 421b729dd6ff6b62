import { describe, expect, it } from "vitest";
import { daySwapTest } from "../../src/stats/day-swap-test.ts";
import { random } from "../../src/stats/random.ts";
import { customers } from "./customers.ts";

/** Parties at work in eight hours of their own choice a day, and with the given chance in one that is drawn for all. */
function crew(size: number, days: number, chance: number): Map<number, number>[] {
  const next = random(size);
  const parties = customers(next, { parties: size, days });
  const dates = [...new Set(parties.flatMap((hours) => [...hours.keys()].map(dateOf)))];
  for (const date of dates) {
    const common = date * 24 + Math.floor(24 * next());
    for (const hours of parties) if (next() < chance) hours.set(common, 4);
  }
  return parties;
}

const dateOf = (hour: number): number => Math.floor(hour / 24);

describe("daySwapTest", () => {
  it("finds parties that keep the same hours, others every day, up to its resolution", () => {
    const result = daySwapTest({ parties: crew(30, 42, 0.4), seed: 1 });
    expect(result.bits).toBeGreaterThan(9);
    expect(result.bits).toBeLessThanOrEqual(10);
    expect(result.z).toBeGreaterThan(8);
    expect(result).toMatchObject({ parties: 30, days: 37 });
  });

  it("finds three hundred that do so one day in ten", () => {
    const { bits } = daySwapTest({ parties: crew(300, 28, 0.1), seed: 2, draws: 255 });
    expect(bits).toBeGreaterThan(6);
  });

  it("finds nothing where one day in a fortnight alone is common", () => {
    const parties = customers(random(4), { parties: 30, days: 28, calls: 1 });
    expect(daySwapTest({ parties, seed: 3 }).bits).toBeLessThan(2);
  });

  it("says nothing where there is no day to swap", () => {
    const parties = crew(5, 8, 1);
    expect(daySwapTest({ parties, seed: 1 })).toMatchObject({ bits: 0, z: 0, parties: 0 });
    expect(daySwapTest({ parties: [], seed: 1 }).bits).toBe(0);
  });

  it("gives the same answer for the same seed, however the hours are ordered", () => {
    const parties = crew(12, 28, 0.2);
    const turned = parties.map((hours) => new Map([...hours].toReversed()));
    const bits = daySwapTest({ parties, seed: 9, draws: 99 }).bits;
    expect(daySwapTest({ parties: turned, seed: 9, draws: 99 }).bits).toBeCloseTo(bits, 9);
  });
});
