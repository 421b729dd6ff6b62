import { describe, expect, it } from "vitest";
import { KEY_KINDS } from "../../src/core/key-kind.ts";
import { payment } from "../../src/signals/payment.ts";
import { measure, sliceOf } from "./slice-of.ts";

const around = (identified: number, sharing: number) => ({
  identified,
  sharing,
  several: 0,
  presenting: 0,
  echoing: 0,
  hours: new Map<number, number>(),
});
/** The first `sharing` of a hundred parties share a means with another. */
const hundred = (sharing: number) =>
  Array.from({ length: 100 }, (_, i) => ({ has: true, shares: i < sharing, declared: false }));

describe("payment", () => {
  it("speaks for payers that share means where others do not", () => {
    const slice = sliceOf({
      accounts: 100,
      identity: hundred(60),
      surroundings: around(4000, 40),
    });
    const { bits, sentence } = measure(payment, slice);
    expect(bits).toBeGreaterThan(15);
    expect(sentence).toContain("60 of 100 payers (60 %) pay for several");
  });

  it("says nothing of families and offices that share cards as people around them do", () => {
    const slice = sliceOf({
      accounts: 100,
      identity: hundred(12),
      surroundings: around(4000, 480),
    });
    expect(measure(payment, slice).bits).toBeLessThanOrEqual(0);
  });

  it("takes the seats that two cards pay for as two payers, whatever they share among themselves", () => {
    const slice = sliceOf({
      accounts: 40,
      account: (a) => ({ payer: a % 2, fold: a % 2 }),
      identity: Array.from({ length: 40 }, () => ({ has: true, shares: true, declared: false })),
      surroundings: around(4000, 40),
    });
    expect(measure(payment, slice).bits).toBeLessThan(6);
  });

  it("speaks for a dozen cards that pay for several accounts each, and not for as many declared customers", () => {
    const sketch = (declared: boolean) =>
      sliceOf({
        accounts: 60,
        account: (a) => ({ payer: a % 12 }),
        identity: Array.from({ length: 60 }, () => ({ has: true, shares: false, declared })),
        surroundings: around(4000, 40),
      });
    expect(measure(payment, sketch(false)).bits).toBeGreaterThan(20);
    expect(measure(payment, sketch(true)).bits).toBe(0);
  });

  it("does not see a card for every account", () => {
    const slice = sliceOf({ accounts: 100, identity: hundred(0), surroundings: around(4000, 40) });
    expect(measure(payment, slice).bits).toBeLessThanOrEqual(0);
  });

  it("is silent without account facts", () => {
    expect(measure(payment, sliceOf({ accounts: 100 }))).toMatchObject({ bits: 0, sentence: "" });
  });

  it("does not testify where a shared means gathered the group", () => {
    const slice = sliceOf({
      accounts: 100,
      identity: hundred(60),
      surroundings: around(4000, 40),
      foundBy: new Set([KEY_KINDS.phone]),
    });
    expect(measure(payment, slice)).toMatchObject({ bits: 0, foundGroup: true });
  });
});
