import { describe, expect, it } from "vitest";
import { coSharing, type Share } from "../../scripts/eval-coordination/co-sharing.ts";

const OPTIONS = { windowSeconds: 60, leastObjects: 2 };

/** `x a 0` is: object x, account a, second 0. */
function sharesOf(...lines: readonly string[]): Share[] {
  return lines.map((line) => {
    const [object = "", account = "", time = ""] = line.split(" ");
    return { object, account, time: Number(time) };
  });
}

describe("coSharing", () => {
  it("links accounts that share two objects within the window, its end included", () => {
    const found = coSharing(sharesOf("x a 0", "x b 60", "y b 500", "y a 501"), OPTIONS);
    expect(found.groups).toEqual([["a", "b"]]);
  });

  it("links nobody by one object, however often, or a second too late", () => {
    const one = coSharing(sharesOf("x a 0", "x b 1", "x a 2", "x b 3"), OPTIONS);
    expect([one.once.size, one.linked.size]).toEqual([2, 0]);
    const late = coSharing(sharesOf("x a 0", "x b 61", "y a 0", "y b 61"), OPTIONS);
    expect(late.once.size).toBe(0);
  });

  it("never pairs an account with itself", () => {
    expect(coSharing(sharesOf("x a 0", "x a 1", "y a 0", "y a 1"), OPTIONS).once.size).toBe(0);
  });

  it("joins links into groups, whatever the order of the shares", () => {
    const links = "x a 0,x b 1,y a 0,y b 1,z b 0,z c 1,w b 9,w c 9,p d 0,p e 1,q d 0,q e 1";
    const shares = sharesOf(...links.split(","), "x f 30");
    const sorted = (list: readonly Share[]): string[] =>
      coSharing(list, OPTIONS).groups.map((group) => group.toSorted().join(""));
    expect(sorted(shares)).toEqual(["abc", "de"]);
    expect(sorted(shares.toReversed())).toEqual(["abc", "de"]);
  });
});
