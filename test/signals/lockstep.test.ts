import { describe, expect, it } from "vitest";
import { lockstep } from "../../src/signals/lockstep.ts";
import { random } from "../../src/stats/random.ts";
import { measure, sliceOf } from "./slice-of.ts";

const MIDNIGHT = 24 * 20_000;

/** Accounts active in hours that `active` picks, and everyone's exchanges as many times as much in each waking hour. */
function group(days: number, active: (next: () => number, day: number, account: number) => number) {
  const next = random(7);
  const everyone = new Map<number, number>();
  for (let hour = 0; hour < days * 24; hour++)
    everyone.set(MIDNIGHT + hour, hour % 24 >= 8 && hour % 24 < 20 ? 400 : 40);
  const shared = Array.from({ length: days }, () => next());
  return sliceOf({
    accounts: 40,
    account: (a) => ({
      hours: new Map(
        Array.from({ length: days }, (_, day) => {
          const at = active(() => shared[day] ?? 0, day, a);
          return [MIDNIGHT + day * 24 + Math.floor(at * 24), 3];
        }),
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
    const next = random(11);
    const { bits } = measure(
      lockstep,
      group(28, () => (8 + 12 * next()) / 24),
    );
    expect(bits).toBeLessThan(3);
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
