import { describe, expect, it } from "vitest";
import { NOTHING_SAID } from "../../src/judge/read-account-facts.ts";
import { keyed, Roster } from "../../src/judge/roster.ts";
import type { RowOf } from "../../src/warehouse/statement.ts";
import type { accountFacts } from "../../src/warehouse/statements.gen.ts";

type Fact = RowOf<typeof accountFacts>;

/** What the provider says of an account; nothing where not given. Hashes are decimal. */
function fact(accountHash: number, change: Partial<Fact> = {}): Fact {
  const name = { account_hash: String(accountHash), account: `acct_${accountHash}` };
  return { ...NOTHING_SAID, ...name, ...change };
}

describe("Roster", () => {
  it("numbers accounts in the order of first sight, once each", () => {
    const roster = new Roster([], 1);
    expect([5, 9, 5, 7].map((low) => roster.enroll(low, 0, 0, 0))).toEqual([0, 1, 0, 2]);
    expect(roster.hashes).toEqual([5n, 9n, 7n]);
    expect(roster.enroll(5, 1, 0, 0)).toBe(3);
    expect(roster.hashes[3]).toBe((1n << 32n) | 5n);
  });

  it("takes accounts of one organization for one party, and others for parties of their own", () => {
    const roster = new Roster([], 1);
    for (const account of [1, 2, 3]) roster.enroll(account, 0, 77, 8);
    for (const account of [4, 5]) roster.enroll(account, 0, 0, 0);
    expect(roster.partyOf).toEqual([0, 0, 0, 1, 2]);
    expect(roster.partyCount).toBe(3);
    expect(roster.partyOrganized).toEqual([true, false, false]);
  });

  it("takes accounts of one card for parties of one payer, where no organization is declared", () => {
    const roster = new Roster(
      [
        fact(1, { payment: "4096" }),
        fact(2, { payment: "4096" }),
        fact(3, { payment: "8192" }),
        fact(4, { payment: "4096", organization_hash: "500" }),
        fact(5, { phone: "4096" }),
      ],
      1,
    );
    for (const account of [1, 2, 3, 4, 5]) roster.enroll(account, 0, 0, 0);
    expect(roster.partyOf).toEqual([0, 1, 2, 3, 4]);
    expect(roster.payerOf).toEqual([0, 0, 1, 2, 3]);
  });

  it("takes the provider's word where the request names no organization, and the request's where it does", () => {
    const facts = [1, 2, 3].map((account) => fact(account, { organization_hash: "500" }));
    const roster = new Roster(facts, 1);
    roster.enroll(1, 0, 0, 0);
    roster.enroll(2, 0, 500, 0);
    roster.enroll(3, 0, 600, 0);
    expect(roster.partyOf).toEqual([0, 0, 1]);
  });

  it("holds an account and an organization of one name apart", () => {
    const roster = new Roster([], 1);
    roster.enroll(42, 6, 0, 0);
    roster.enroll(43, 6, 42, 6);
    expect(roster.partyOf).toEqual([0, 1]);
  });

  it("draws folds by party and seed alone, evenly, not by order", () => {
    const foldsOf = (accounts: readonly number[], seed: number): Map<number, number> => {
      const roster = new Roster([], seed);
      return new Map(
        accounts.map((low) => [
          low,
          roster.foldOf[roster.partyOf[roster.enroll(low, low * 31, 0, 0)]!]!,
        ]),
      );
    };
    const accounts = Array.from({ length: 4000 }, (_, i) => i * 2_654_435 + 1);
    const folds = foldsOf(accounts, 9);
    expect(foldsOf(accounts.toReversed(), 9).get(accounts[17]!)).toBe(folds.get(accounts[17]!));
    expect(new Map([...foldsOf(accounts.toReversed(), 9)].toReversed())).toEqual(folds);
    expect(foldsOf(accounts, 10)).not.toEqual(folds);
    for (const fold of [0, 1, 2, 3]) {
      const share = [...folds.values()].filter((own) => own === fold).length / accounts.length;
      expect(share).toBeGreaterThan(0.2);
      expect(share).toBeLessThan(0.3);
    }
  });

  it("gives all accounts of a party its fold", () => {
    const roster = new Roster([], 3);
    for (let account = 0; account < 20; account++) roster.enroll(account, 0, 12, 0);
    expect(roster.foldOf).toHaveLength(1);
    expect(new Set(roster.partyOf.map((party) => roster.foldOf[party]))).toHaveLength(1);
  });

  it("knows an account's private means, each kind by itself", () => {
    const roster = new Roster(
      [
        fact(1, { payment: "1024", device: "2048" }),
        fact(2, { payment: "1024" }),
        fact(3, { phone: "2048" }),
        fact(4, { device: "4096" }),
      ],
      1,
    );
    const account = roster.enroll(1, 0, 0, 0);
    expect(roster.facts(account)!.identity).toHaveLength(2);
    expect(roster.facts(roster.enroll(99, 0, 0, 0))).toBeUndefined();
  });

  it("knows of an account what was last said before the moment, and keeps its earlier private means", () => {
    const lines = [
      fact(1, { payment: "1024" }),
      fact(1, { from: 50, payment: "2048", agreement: "agr_1" }),
      fact(2, { from: 60, payment: "1024" }),
    ];
    const roster = new Roster(lines, 1);
    const [one, two] = [1, 2].map((account) => roster.enroll(account, 0, 0, 0)) as [number, number];
    const keysOf = (account: number): number[] =>
      (roster.facts(account)?.identity ?? []).map(({ key }) => Number(key >> 4n) << 4);
    expect(roster.facts(one)).toMatchObject({ agreement: "" });
    expect(roster.facts(two)).toBeUndefined();
    expect(roster.advance(49)).toEqual([]);
    expect(roster.advance(50)).toEqual([one]);
    expect(roster.facts(one)).toMatchObject({ agreement: "agr_1" });
    expect(keysOf(one)).toEqual([1024, 2048]);
    expect(roster.advance(99)).toEqual([two]);
    expect(keysOf(two)).toEqual([1024]);
  });

  it("moves an account to the organization that is said later, unless its first exchange named one", () => {
    const lines = [1, 2].map((account) => fact(account, { from: 50, organization_hash: "500" }));
    const roster = new Roster(lines, 1);
    roster.enroll(1, 0, 0, 0);
    roster.enroll(2, 0, 600, 0);
    roster.enroll(3, 0, 500, 0);
    expect(roster.partyOf).toEqual([0, 1, 2]);
    expect(roster.advance(50)).toEqual([0, 1]);
    expect(roster.partyOf).toEqual([2, 1, 2]);
  });
});

describe("keyed", () => {
  it("is a 32-bit number that depends on both words and the seed", () => {
    const values = [keyed(1, 2, 3), keyed(2, 1, 3), keyed(1, 2, 4), keyed(1, 3, 3)];
    expect(new Set(values)).toHaveLength(4);
    for (const value of values) expect(value).toBe(value >>> 0);
    expect(keyed(1, 2, 3)).toBe(values[0]);
  });
});
