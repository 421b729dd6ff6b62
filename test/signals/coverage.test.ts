import { describe, expect, it } from "vitest";
import { coverage } from "../../src/signals/coverage.ts";
import type { Established } from "../../src/signals/own-similarity.ts";
import type { SampledExchange } from "../../src/signals/slice.ts";
import { measure, sliceOf } from "./slice-of.ts";

const weights = new Float64Array(65_536).fill(1);
/** People's conversations have some words in common. By script. */
function people(count: number): ReadonlyMap<number, Float64Array> {
  return new Map([[1, Float64Array.from({ length: count }, (_, i) => 0.02 + i / 3000)]]);
}
const established: Established = {
  weights,
  similarities: new Map([
    [16, people(60)],
    [8, people(60)],
  ]),
};
const surroundings = {
  identified: 0,
  sharing: 0,
  several: 0,
  presenting: 0,
  echoing: 0,
  hours: new Map<number, number>(),
  established,
};

/** Twelve words of which `common` come from the account's few interests. */
function content(account: number, conversation: number, common: number): Partial<SampledExchange> {
  const tokens = Uint16Array.from({ length: 12 }, (_, i) =>
    i < common
      ? account * 300 + ((conversation * 7 + i * 5) % 18) + 1
      : 20_000 + account * 500 + conversation * 12 + i,
  );
  return { tokens, built: false };
}

const unlike = (a: number, c: number) => content(a, c, 0);

describe("coverage", () => {
  it("speaks for accounts whose conversations have nothing in common and are left", () => {
    const slice = sliceOf({ accounts: 30, conversations: 16, exchange: unlike, surroundings });
    const { bits, value, sentence } = measure(coverage, slice);
    expect(bits).toBeGreaterThan(10);
    expect(value).toBe(1);
    expect(sentence).toContain("60 established accounts");
  });

  it("takes an account's own skeleton for nothing in common", () => {
    const exchange = (a: number, c: number) => {
      const tokens = Uint16Array.from([
        ...Array.from({ length: 20 }, (_, i) => 60_000 + i),
        ...unlike(a, c).tokens!,
      ]);
      return { tokens, built: false };
    };
    const slice = sliceOf({ accounts: 30, conversations: 16, exchange, surroundings });
    expect(measure(coverage, slice).value).toBe(1);
  });

  it("says of one account only how rare it is among the established ones", () => {
    const slice = sliceOf({ accounts: 1, conversations: 16, exchange: unlike, surroundings });
    expect(measure(coverage, slice).bits).toBeCloseTo(Math.log2(0.5 * Math.sqrt(61)), 9);
  });

  it("speaks for a benchmark harness as well: it says what, and not whose", () => {
    const exchange = (a: number, c: number) => unlike(a % 2, c);
    const slice = sliceOf({ accounts: 10, conversations: 16, exchange, surroundings });
    expect(measure(coverage, slice).bits).toBeGreaterThan(3);
  });

  it("says nothing of people, who have interests, nor of a reseller's users, who go on", () => {
    const interested = (a: number, c: number) => content(a, c, 3);
    const users = (a: number, c: number) => ({ ...unlike(a, c), built: c % 2 === 0 });
    for (const exchange of [interested, users]) {
      const slice = sliceOf({ accounts: 30, conversations: 16, exchange, surroundings });
      expect(measure(coverage, slice).bits).toBeLessThanOrEqual(0);
    }
  });

  it("compares eight conversations where there are not yet more, of either side", () => {
    const young = sliceOf({ accounts: 30, conversations: 8, exchange: unlike, surroundings });
    expect(measure(coverage, young).bits).toBeGreaterThan(10);
    const interested = (a: number, c: number) => content(a, c, 4);
    const persons = sliceOf({ accounts: 30, conversations: 8, exchange: interested, surroundings });
    expect(measure(coverage, persons).bits).toBeLessThanOrEqual(0);
    const fewKnown = {
      weights,
      similarities: new Map([
        [16, people(18)],
        [8, people(60)],
      ]),
    };
    const slice = sliceOf({
      accounts: 30,
      conversations: 16,
      exchange: unlike,
      surroundings: { ...surroundings, established: fewKnown },
    });
    expect(measure(coverage, slice).bits).toBeGreaterThan(10);
  });

  it("does not see accounts of few conversations, nor without established accounts to compare", () => {
    const few = sliceOf({ accounts: 30, conversations: 7, exchange: unlike, surroundings });
    const alone = sliceOf({ accounts: 30, conversations: 16, exchange: unlike });
    for (const slice of [few, alone]) {
      expect(measure(coverage, slice)).toMatchObject({ bits: 0, sentence: "" });
    }
  });
});
