import { describe, expect, it } from "vitest";
import { KEY_KINDS } from "../../src/core/key-kind.ts";
import { echo } from "../../src/signals/echo.ts";
import { measure, sliceOf } from "./slice-of.ts";

const surroundings = {
  identified: 0,
  sharing: 0,
  presenting: 5000,
  echoing: 3,
  hours: new Map<number, number>(),
};
const presenting = () => ({ presenting: 5 });
/** Account i presents what was issued to account i + 1. */
const ring = (pairs: number, issuers = 1, presenters = 1) =>
  Array.from({ length: pairs }, (_, i) => ({ presenter: i, issuer: i + 1, issuers, presenters }));

describe("echo", () => {
  it("speaks for accounts that present what was issued to one another", () => {
    const slice = sliceOf({ accounts: 60, account: presenting, echoes: ring(40), surroundings });
    const { bits, sentence } = measure(echo, slice);
    expect(bits).toBeGreaterThan(20);
    expect(sentence).toContain("In 40 ordered pairs");
  });

  it("says nothing of a public text that was issued to many, or that many present", () => {
    for (const echoes of [ring(40, 30, 1), ring(40, 1, 500)]) {
      const slice = sliceOf({ accounts: 60, account: presenting, echoes, surroundings });
      expect(measure(echo, slice).bits).toBeLessThanOrEqual(0);
    }
  });

  it("does not flag one person on two accounts", () => {
    const slice = sliceOf({
      accounts: 2,
      account: () => ({ presenting: 20 }),
      echoes: ring(1),
      surroundings,
    });
    expect(measure(echo, slice).bits).toBeLessThan(5);
  });

  it("does not see operators who never feed answers back", () => {
    expect(measure(echo, sliceOf({ accounts: 60, surroundings })).bits).toBe(0);
  });

  it("does not testify where it gathered the group", () => {
    const foundBy = new Set([KEY_KINDS.echo]);
    const echoes = ring(40);
    const slice = sliceOf({ accounts: 60, account: presenting, echoes, surroundings, foundBy });
    expect(measure(echo, slice)).toMatchObject({ bits: 0, foundGroup: true });
  });

  it("leaves out pairs with an account that taught the rule", () => {
    const echoes = ring(40);
    const whole = sliceOf({ accounts: 60, account: presenting, echoes, surroundings });
    const folded = measure(echo, { ...whole, fold: 0 });
    expect(folded.sentence).toContain("In 20 ordered pairs");
  });
});
