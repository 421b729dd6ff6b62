import { describe, expect, it } from "vitest";
import { Hypotheses } from "../../src/judge/hypotheses.ts";
import { type Lineage, newLineage, newMember } from "../../src/judge/lineage.ts";
import { RuleBook } from "../../src/judge/rule-book.ts";
import { sliceOf } from "../signals/slice-of.ts";

/** A group of some accounts whose harvest was confirmed to some bits. */
function group(harvestBits: number, accounts: number): Lineage {
  const lineage = newLineage(0);
  lineage.harvestBits = harvestBits;
  for (let a = 0; a < accounts; a++) lineage.accounts.set(a, newMember(a, a, a % 4, 0));
  return lineage;
}

describe("following a group's accounts", () => {
  it("begins once their harvest is confirmed, and takes in who joins later", () => {
    const book = new RuleBook();
    const lineage = group(9.9, 3);
    book.follow(lineage);
    expect(book.followersOf(0)).toEqual([]);
    lineage.harvestBits = 10;
    book.follow(lineage);
    const follower = lineage.follower!;
    expect(follower).toMatchObject({ follows: lineage, whole: true, exchanges: 0 });
    for (let account = 0; account < 3; account++) {
      expect(book.followersOf(account)).toEqual([follower]);
    }
    expect(book.followersOf(3)).toEqual([]);
    book.join(lineage, 3);
    expect(book.followersOf(3)).toEqual([follower]);
  });

  it("happens once a group, and never to a group that takes everything already", () => {
    const book = new RuleBook();
    const lineage = group(20, 2);
    book.follow(lineage);
    const { follower } = lineage;
    book.follow(lineage);
    book.follow(follower!);
    const whole = group(20, 2);
    whole.whole = true;
    book.follow(whole);
    expect(book.lineages).toEqual([follower]);
    expect(follower!.follower).toBeUndefined();
  });

  it("stays where its group's rule is no longer found before it was looked at", () => {
    const book = new RuleBook();
    book.follow(group(12, 8));
    const [follower] = book.lineages;
    expect(follower!.rank).toBe(0);
    const graph = { kind: () => 1, parties: () => new Uint32Array(0) };
    book.renew([], graph as never, [], 0);
    expect(book.lineages).toEqual([follower]);
  });

  it("weighs coordination on what the accounts send, and harvest where they were found", () => {
    const hypotheses = new Hypotheses(0.01);
    const taken = { skeleton: true, built: false, outputTokens: 300 };
    const lineage = group(25, 30);
    lineage.exchanges = 64;
    const filled = sliceOf({ accounts: 30, exchange: () => taken });
    hypotheses.look(lineage, filled);
    const follower = newLineage(1, lineage);
    follower.exchanges = 64;
    hypotheses.look(follower, sliceOf({ accounts: 30, follows: true }));
    hypotheses.flag(3600);
    expect(follower.harvestBits).toBe(lineage.harvestBits);
    const harvest = ({ findings }: Lineage) => findings.filter(({ axis }) => axis === "harvest");
    expect(harvest(follower)).toEqual(harvest(lineage));
    expect(harvest(follower).some(({ bits }) => bits > 4)).toBe(true);
    expect(follower.coordinationBits).not.toBe(lineage.coordinationBits);
  });
});
