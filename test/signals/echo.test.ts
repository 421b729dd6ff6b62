import { describe, expect, it } from "vitest";
import { KEY_KINDS } from "../../src/core/key-kind.ts";
import { echo } from "../../src/signals/echo.ts";
import { measure, sliceOf } from "./slice-of.ts";

const surroundings = {
  identified: 0,
  sharing: 0,
  several: 0,
  presenting: 5000,
  echoing: 3,
  hours: new Map<number, number>(),
};
const presenting = () => ({ presenting: 5 });
/** Account i presents what was issued to account i + 1. */
const ring = (pairs: number) =>
  Array.from({ length: pairs }, (_, i) => ({ presenter: i, issuer: i + 1 }));
const group = (accounts: number, echoes: ReturnType<typeof ring>) =>
  sliceOf({ accounts, account: presenting, echoes, surroundings });

describe("echo", () => {
  it("speaks for accounts that present what was issued to one another", () => {
    const { bits, sentence } = measure(echo, group(60, ring(40)));
    expect(bits).toBeGreaterThan(20);
    expect(sentence).toContain("40 of 60 accounts");
  });

  it("says nothing of a published conversation that many strangers go on with", () => {
    const star = Array.from({ length: 59 }, (_, i) => ({ presenter: i + 1, issuer: 0 }));
    expect(measure(echo, group(60, star)).bits).toBeLessThan(0);
  });

  it("says nothing of people with two or three accounts each, however many they are", () => {
    const owners = Array.from({ length: 20 }, (_, i) => [
      { presenter: 3 * i, issuer: 3 * i + 1 },
      { presenter: 3 * i + 1, issuer: 3 * i + 2 },
    ]).flat();
    expect(measure(echo, group(60, owners)).bits).toBeLessThan(0);
  });

  it("does not take a popular group for one because a few colleagues in it share a pool", () => {
    expect(measure(echo, group(200, ring(8))).bits).toBeLessThan(4);
  });

  it("asks for more where echoes are common outside", () => {
    const common = { ...surroundings, presenting: 500, echoing: 200 };
    const slice = sliceOf({ accounts: 60, account: presenting, echoes: ring(40), surroundings });
    expect(measure(echo, { ...slice, surroundings: common }).bits).toBeLessThan(
      measure(echo, slice).bits,
    );
  });

  it("does not see operators who never feed answers back", () => {
    expect(measure(echo, sliceOf({ accounts: 60, surroundings })).bits).toBe(0);
  });

  it("says where echoes gathered the group that the other half of the pairs testifies", () => {
    const foundBy = new Set([KEY_KINDS.echo]);
    const found = measure(echo, { ...group(60, ring(40)), foundBy });
    expect(found.foundGroup).toBe(false);
    expect(found.sentence).toContain("the half of all pairs that did not");
  });

  it("leaves out pairs with an account that taught the rule", () => {
    const folded = measure(echo, { ...group(80, ring(59)), fold: 0 });
    expect(folded.sentence).toContain("0 of 60 accounts");
  });
});
