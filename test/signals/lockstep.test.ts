import { describe, expect, it } from "vitest";
import { lockstep } from "../../src/signals/lockstep.ts";
import { random } from "../../src/stats/random.ts";
import { measure, sliceOf } from "./slice-of.ts";

const MIDNIGHT = 24 * 20_000;

/** Who keeps the holiday of days 10 and 11. */
interface Holiday {
  readonly members: boolean;
  readonly everyone: boolean;
}

/** Accounts active in hours that `active` picks, and everyone's exchanges as many times as much in each waking hour. */
function group(
  days: number,
  active: (next: () => number, day: number, account: number) => number,
  holiday: Holiday = { members: false, everyone: false },
) {
  const next = random(7);
  const everyone = new Map<number, number>();
  const isOff = (day: number): boolean => day === 10 || day === 11;
  for (let hour = 0; hour < days * 24; hour++) {
    const usual = hour % 24 >= 8 && hour % 24 < 20 ? 400 : 40;
    const rests = holiday.everyone && isOff(Math.floor(hour / 24));
    everyone.set(MIDNIGHT + hour, rests ? usual / 10 : usual);
  }
  const shared = Array.from({ length: days }, () => next());
  return sliceOf({
    accounts: 40,
    account: (a) => ({
      hours: new Map(
        Array.from({ length: days }, (_, day): [number, number][] => {
          const at = active(() => shared[day] ?? 0, day, a);
          if (holiday.members && isOff(day)) return [];
          return [[MIDNIGHT + day * 24 + Math.floor(at * 24), 3]];
        }).flat(),
      ),
    }),
    surroundings: {
      identified: 0,
      sharing: 0,
      several: 0,
      presenting: 0,
      echoing: 0,
      hours: everyone,
    },
  });
}

/** One hour of the day, by chance. */
function awakeByDay(): () => number {
  const next = random(11);
  return () => (8 + 12 * next()) / 24;
}

describe("lockstep", () => {
  it("speaks for accounts that work in the same particular hours, day after day", () => {
    const { bits, value } = measure(
      lockstep,
      group(28, (shared) => shared()),
    );
    expect(bits).toBeGreaterThan(4);
    expect(value).toBeGreaterThan(3);
  });

  it("is capped, since classes and shifts do the same", () => {
    const { bits } = measure(
      lockstep,
      group(56, (shared) => shared()),
    );
    expect(bits).toBeLessThanOrEqual(6);
  });

  it("says next to nothing of people who are awake by day", () => {
    expect(measure(lockstep, group(28, awakeByDay())).bits).toBeLessThan(3);
  });

  it.each([
    ["keep with everybody", { members: true, everyone: true }],
    ["keep alone", { members: true, everyone: false }],
  ])("says little of people for a holiday that they %s", (_how, holiday) => {
    const { bits } = measure(lockstep, group(28, awakeByDay(), holiday));
    expect(bits).toBeLessThan(4);
  });

  it("takes work through everybody's holiday for common hours, up to its cap", () => {
    const holiday = { members: false, everyone: true };
    expect(measure(lockstep, group(28, awakeByDay(), holiday)).bits).toBe(6);
  });

  it("does not see a window under a week", () => {
    expect(
      measure(
        lockstep,
        group(6, (shared) => shared()),
      ).bits,
    ).toBe(0);
  });
});
