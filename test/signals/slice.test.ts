import { describe, expect, it } from "vitest";
import { byPayer } from "../../src/signals/slice.ts";
import { sliceOf } from "./slice-of.ts";

describe("byPayer", () => {
  it("puts the accounts of one payer together, in the order of their first", () => {
    const payers = [3, 1, 3, 2, 1];
    const { accounts } = sliceOf({ accounts: 5, account: (a) => ({ payer: payers[a]! }) });
    const together = byPayer(accounts).map((own) => own.map(({ account }) => account));
    expect(together).toEqual([[0, 2], [1, 4], [3]]);
  });
});
