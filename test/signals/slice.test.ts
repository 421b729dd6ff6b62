import { describe, expect, it } from "vitest";
import { balanced, byPayer } from "../../src/signals/slice.ts";
import { sliceOf } from "./slice-of.ts";

/** Accounts of payers with so many accounts each, in turn. */
function accountsOf(sizes: readonly number[]) {
  const payers = sizes.flatMap((size, payer) => Array.from({ length: size }, () => payer));
  return sliceOf({ accounts: payers.length, account: (a) => ({ payer: payers[a]! }) }).accounts;
}

function sizesOf(accounts: ReturnType<typeof accountsOf>): number[] {
  return byPayer(accounts).map((own) => own.length);
}

describe("balanced", () => {
  it("keeps everybody where nobody pays for more than a third", () => {
    expect(sizesOf(balanced(accountsOf([1, 1, 1, 1, 1])))).toEqual([1, 1, 1, 1, 1]);
    expect(sizesOf(balanced(accountsOf([6, 6, 6, 6])))).toEqual([6, 6, 6, 6]);
  });

  it("leaves accounts of a large payer out until it has a third", () => {
    expect(sizesOf(balanced(accountsOf([40, 2, 2, 2])))).toEqual([3, 2, 2, 2]);
    expect(sizesOf(balanced(accountsOf([35, 30, 26])))).toEqual([26, 26, 26]);
  });

  it("keeps one account each of one or two payers: their likeness says nothing", () => {
    expect(sizesOf(balanced(accountsOf([24])))).toEqual([1]);
    expect(sizesOf(balanced(accountsOf([12, 12])))).toEqual([1, 1]);
  });
});
