import { describe, expect, it } from "vitest";
import { lockstep } from "../../src/signals/lockstep.ts";
import { random } from "../../src/stats/random.ts";
import { measure, sliceOf } from "./slice-of.ts";

const MIDNIGHT = 24 * 20_000;

/** Forty accounts, each active in one hour a day, which `hourOf` picks: drawn for all of them that day, or as it likes. */
function group(days: number, hourOf: (common: number, day: number) => number) {
  const next = random(7);
  const common = Array.from({ length: days }, () => Math.floor(24 * next()));
  return sliceOf({
    accounts: 40,
    account: () => ({
      hours: new Map(
        common.map((hour, day) => [MIDNIGHT + day * 24 + hourOf(hour, day), 3] as const),
      ),
    }),
  });
}

describe("lockstep", () => {
  it("speaks for accounts that work in the same hours, others every day", () => {
    const next = random(3);
    const { bits, value, sentence } = measure(
      lockstep,
      group(28, (common) => (next() < 0.4 ? common : Math.floor(24 * next()))),
    );
    expect(bits).toBeGreaterThan(4);
    expect(value).toBeGreaterThan(3);
    expect(sentence).toContain("On 24 days the active hours of 40 accounts or payers coincide");
  });

  it("is capped, since builds of one project may do the same", () => {
    const { bits } = measure(
      lockstep,
      group(56, (common) => common),
    );
    expect(bits).toBe(6);
  });

  it("takes no job at the same hour of every night or every week for an operator", () => {
    const nightly = measure(
      lockstep,
      group(28, () => 3),
    );
    const weekly = measure(
      lockstep,
      group(28, (_common, day) => (5 * (day % 7)) % 24),
    );
    expect([nightly.bits, weekly.bits]).toEqual([0, 0]);
  });

  it("does not add up to evidence on people who are awake by day", () => {
    const next = random(11);
    const { bits } = measure(
      lockstep,
      group(28, () => 8 + Math.floor(12 * next())),
    );
    expect(bits).toBeLessThan(3);
  });

  it("says little of people for a holiday that they keep together", () => {
    const next = random(11);
    const isOff = (hour: number): boolean => [10, 11].includes(Math.floor(hour / 24) - 20_000);
    const slice = group(28, () => 8 + Math.floor(12 * next()));
    const accounts = slice.accounts.map((account) => ({
      ...account,
      hours: new Map([...account.hours].filter(([hour]) => !isOff(hour))),
    }));
    expect(measure(lockstep, { ...slice, accounts }).bits).toBeLessThan(3);
  });

  it("leaves out days of which a calendar says that they were unusual", () => {
    const slice = group(28, (common) => common);
    const unusualDays = new Set([20_010, 20_011, 20_012]);
    const surroundings = { ...slice.surroundings, unusualDays };
    const days = ({ sentence }: { readonly sentence: string }): number =>
      Number(/^On (\d+) days/.exec(sentence)?.[1]);
    expect(days(measure(lockstep, { ...slice, surroundings }))).toBe(
      days(measure(lockstep, slice)) - 3,
    );
  });

  it("does not see a window under two weeks", () => {
    const { bits } = measure(
      lockstep,
      group(13, (common) => common),
    );
    expect(bits).toBe(0);
  });
});
