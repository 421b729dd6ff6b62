import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayShifts } from "../../src/stats/day-shifts.ts";
import { random } from "../../src/stats/random.ts";
import { shiftTest, type AccountSeries } from "../../src/stats/shift-test.ts";

const DAYS = 42;
const sixWeeks = [dayShifts(DAYS, { firstWeekday: 1 })];

/** Accounts active in random hours, and in `common` with the given chance. */
function accounts(size: number, common: readonly number[], chance: number): AccountSeries[] {
  const next = random(size);
  return Array.from({ length: size }, () => {
    const hours = new Set<number>();
    for (let i = 0; i < 12; i++) hours.add(Math.floor(next() * DAYS * 24));
    for (const hour of common) if (next() < chance) hours.add(hour);
    return { hours: [...hours], values: [...hours].map(() => 1) };
  });
}

const pauses = Array.from({ length: 20 }, (_, i) => 37 + 49 * i);

describe("shiftTest", () => {
  it("finds accounts that work in the same particular hours, up to its resolution", () => {
    const input = { days: DAYS, shiftSets: sixWeeks, seed: 1 };
    const result = shiftTest({ ...input, series: accounts(60, pauses, 0.5) });
    expect(result.bits).toBeGreaterThan(9);
    expect(result.bits).toBeLessThanOrEqual(10);
    expect(result.z).toBeGreaterThan(8);
  });

  it("finds nothing in a weekly rhythm that everybody shares", () => {
    const office = Array.from({ length: 40 }, (_, a): AccountSeries => {
      const hours = Array.from(
        { length: 30 },
        (_unused, day) => (Math.floor(day / 5) * 7 + (day % 5)) * 24 + 9 + (a % 8),
      );
      return { hours, values: hours.map(() => 1) };
    });
    expect(shiftTest({ series: office, days: DAYS, shiftSets: sixWeeks, seed: 2 }).bits).toBe(0);
  });

  it("pools a large group without losing it", () => {
    const series = accounts(3000, pauses, 0.2);
    const result = shiftTest({ series, days: DAYS, shiftSets: sixWeeks, seed: 3, draws: 255 });
    expect(result.bits).toBeGreaterThan(7);
    expect(result.accounts).toBe(3000);
  });

  it("says nothing of accounts that cannot be shifted", () => {
    const still = [dayShifts(0, { firstWeekday: 0 })];
    expect(shiftTest({ series: accounts(5, [], 0), days: 0, shiftSets: still, seed: 1 })).toEqual({
      bits: 0,
      z: 0,
      accounts: 0,
    });
    expect(shiftTest({ series: [], days: DAYS, shiftSets: sixWeeks, seed: 1 }).bits).toBe(0);
  });

  it("gives the same answer for the same seed, however the hours are ordered", () => {
    const series = accounts(20, pauses, 0.3);
    const turned = series.map(({ hours, values }) => ({
      hours: Array.from(hours).reverse(),
      values,
    }));
    const input = { days: DAYS, shiftSets: sixWeeks, seed: 9, draws: 99 };
    expect(shiftTest({ ...input, series: turned }).bits).toBeCloseTo(
      shiftTest({ ...input, series }).bits,
      9,
    );
  });
});

describe("dayShifts", () => {
  it("moves whole weeks within the last whole weeks and leaves older days out", () => {
    const shifts = dayShifts(23, { firstWeekday: 3 });
    expect(shifts).toHaveLength(3);
    expect([...(shifts[1] ?? [])].slice(0, 4)).toEqual([-1, -1, 9, 10]);
    expect(shifts[1]?.[22]).toBe(8);
  });

  it("moves working days among working days where there are fewer than three weeks", () => {
    // Monday to the Sunday after next week's Monday: 6 working days, 2 weekend days.
    const shifts = dayShifts(8, { firstWeekday: 1 });
    expect(shifts).toHaveLength(12);
    expect(shifts[0]).toEqual(Int32Array.from([0, 1, 2, 3, 4, 5, 6, 7]));
    for (const shift of shifts)
      expect([shift[5], shift[6]].toSorted((a = 0, b = 0) => a - b)).toEqual([5, 6]);
  });

  it("is a group: identity first, every shift a permutation, closed under composition", () => {
    const span = fc.tuple(fc.integer({ min: 1, max: 40 }), fc.nat({ max: 6 }), fc.nat({ max: 10 }));
    fc.assert(
      fc.property(span, ([days, firstWeekday, from]) => {
        const shifts = dayShifts(days, { firstWeekday, from });
        const names = new Set(shifts.map((shift) => shift.join()));
        const identity = shifts[0] ?? new Int32Array(0);
        expect([...identity].every((to, day) => to === day || to === -1)).toBe(true);
        for (const one of shifts.slice(0, 6)) {
          for (const other of shifts.slice(0, 6)) {
            const both = one.map((to) => (to < 0 ? -1 : (other[to] ?? -1)));
            expect(names.has(both.join())).toBe(true);
          }
        }
      }),
    );
  });
});
