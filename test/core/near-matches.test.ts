import { describe, expect, it } from "vitest";
import { didYouMean, nearMatches } from "../../src/core/near-matches.ts";

describe("near matches", () => {
  it("names what a slip of the keyboard explains, nearest first", () => {
    expect(nearMatches("acct_21", ["acct_12", "acct_2", "acct_121", "other", "g7"])).toEqual([
      "acct_121",
      "acct_2",
      "acct_12",
    ]);
    expect(nearMatches("List_Shar", ["cap_bits", "list_share"])).toEqual(["list_share"]);
  });

  it("names at most three, each once, and none that is far", () => {
    const many = Array.from({ length: 20 }, (_, i) => `account-${10 + (i % 10)}`);
    expect(nearMatches("account-1", many)).toEqual(["account-10", "account-11", "account-12"]);
    expect(nearMatches("g1", ["somebody"])).toEqual([]);
  });

  it("asks about them in words", () => {
    expect(didYouMean([])).toBe("");
    expect(didYouMean(["a"])).toBe(" Did you mean a?");
    expect(didYouMean(["a", "b", "c"])).toBe(" Did you mean a, b or c?");
  });
});
