import { describe, expect, it } from "vitest";
import { succession } from "../../src/signals/succession.ts";
import type { Tenure } from "../../src/signals/slice.ts";
import { measure, sliceOf } from "./slice-of.ts";

const HOUR = 3600;
const DAY = 24 * HOUR;
/** The suspension, at the start of an hour. */
const AT = 500_000 * HOUR;

/** A group of which ten were suspended at once, with twenty others. */
function group(other: (index: number) => Partial<Tenure>, startsAnHour = 3) {
  const tenure = Array.from({ length: 30 }, (_, account) => {
    const begun = { account, payer: account, created: AT - 90 * DAY, suspended: 0 };
    return account < 10
      ? { ...begun, first: AT - 9 * DAY, suspended: AT + account * 60 }
      : { ...begun, first: AT + HOUR, ...other(account - 10) };
  });
  const starts = new Map<number, number>();
  for (let hour = -48; hour < 48; hour++) starts.set(500_000 + hour, startsAnHour);
  for (const { first } of tenure) {
    const hour = Math.floor(first / HOUR);
    starts.set(hour, (starts.get(hour) ?? 0) + 1);
  }
  const surroundings = {
    identified: 0,
    sharing: 0,
    several: 0,
    presenting: 0,
    echoing: 0,
    starts,
  };
  return sliceOf({ accounts: 30, tenure, surroundings });
}

describe("succession", () => {
  it("speaks for accounts that signed up before, and begin when others are suspended", () => {
    const { bits, sentence, ties } = measure(
      succession,
      group(() => ({})),
    );
    expect(bits).toBe(20);
    expect(sentence).toContain("10 members were suspended within 6 hours; of 20 others");
    expect(ties?.tied.size).toBe(30);
  });

  it("says nothing of customers who register again after a wrong suspension", () => {
    const again = group((i) => ({ created: AT + i * 60 }));
    expect(measure(succession, again).bits).toBe(0);
  });

  it("says nothing of the spare accounts of a customer whose account was suspended", () => {
    expect(
      measure(
        succession,
        group((i) => ({ payer: i % 10 })),
      ).bits,
    ).toBe(0);
  });

  it("says nothing of beginnings that come at any time", () => {
    const any = group((i) => ({ first: AT + (i - 10) * 4 * HOUR }));
    expect(measure(succession, any).bits).toBeLessThan(1);
  });

  it("says nothing where everybody begins in those hours", () => {
    const slice = group(() => ({}));
    const starts = new Map(slice.surroundings.starts);
    for (let hour = 0; hour < 6; hour++) starts.set(500_000 + hour, 200);
    const release = { ...slice, surroundings: { ...slice.surroundings, starts } };
    expect(measure(succession, release).bits).toBeLessThan(5);
  });

  it("does not see a standby that worked from the start", () => {
    expect(
      measure(
        succession,
        group(() => ({ first: AT - 9 * DAY })),
      ).bits,
    ).toBe(0);
  });
});
