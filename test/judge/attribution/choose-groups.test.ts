import { describe, expect, it } from "vitest";
import { besides, peel, type Reported } from "../../../src/judge/attribution/choose-groups.ts";
import { newLineage } from "../../../src/judge/lineage.ts";

const numbers = (from: number, to: number): Set<number> =>
  new Set(Array.from({ length: to - from }, (_, i) => from + i));

/** A flagged group of some accounts, first flagged at a time. */
function group(number: number, members: Set<number>, flaggedAt: number): Reported {
  const lineage = { ...newLineage(number), flaggedAt };
  const said = { assessment: "campaign", reason: "" } as const;
  return { lineage, said, agreement: undefined, members, detected: flaggedAt, merged: [] };
}

/** By the number of a lineage: its concentration, and its evidence without accounts that are taken. */
const measured = (concentration: readonly number[], without = 0) => ({
  concentration: ({ number }: { readonly number: number }) => concentration[number]!,
  strengthWithout: () => without,
});

const told = (kept: readonly Reported[]) =>
  kept.map(({ lineage, members, detected, merged }) => ({
    group: lineage.number,
    accounts: members.size,
    detected,
    merged: merged.map((one) => [one.lineage.number, one.at]),
  }));

describe("of groups that gather the same accounts", () => {
  it("the purest is told, since the first of them was flagged, and says which were the same", () => {
    const [pure, early] = [group(0, numbers(0, 20), 900), group(1, numbers(2, 18), 300)];
    expect(told(peel([early, pure], measured([1, 0.5])))).toEqual([
      { group: 0, accounts: 20, detected: 300, merged: [[1, 300]] },
    ]);
  });

  it("a wider one that stands without them is told apart, and passes on when it was flagged", () => {
    const [pure, wide] = [group(0, numbers(0, 20), 900), group(1, numbers(4, 30), 300)];
    expect(told(peel([pure, wide], measured([1, 0.5], 20)))).toEqual([
      { group: 0, accounts: 20, detected: 300, merged: [] },
      { group: 1, accounts: 26, detected: 300, merged: [] },
    ]);
  });

  it("a wider one that does not stand without them is left out, bystanders and all", () => {
    const [pure, wide] = [group(0, numbers(0, 20), 900), group(1, numbers(4, 30), 300)];
    expect(told(peel([pure, wide], measured([1, 0.5], 2)))).toEqual([
      { group: 0, accounts: 20, detected: 300, merged: [[1, 300]] },
    ]);
  });

  it("one that shares few of its accounts passes nothing on", () => {
    const [pure, other] = [group(0, numbers(0, 20), 900), group(1, numbers(15, 45), 300)];
    const [first, second] = told(peel([pure, other], measured([1, 0.5], 20)));
    expect(first).toMatchObject({ detected: 900, merged: [] });
    expect(second).toMatchObject({ accounts: 30, detected: 300 });
  });
});

describe("of groups that are no campaigns", () => {
  const relay = (number: number, members: Set<number>, at: number): Reported => ({
    ...group(number, members, at),
    said: { assessment: "relay", reason: "" },
  });

  it("relays with much the same accounts are one: seen since the first was, with the accounts of both", () => {
    const [late, early] = [relay(0, numbers(0, 40), 900), relay(1, numbers(10, 45), 300)];
    expect(told(besides([], [late, early]))).toEqual([
      { group: 0, accounts: 45, detected: 300, merged: [[1, 300]] },
    ]);
  });

  it("relays that share few accounts are two, and one among a campaign's accounts is not told", () => {
    const [one, other] = [relay(0, numbers(0, 40), 900), relay(1, numbers(30, 70), 300)];
    const campaign = group(2, numbers(100, 140), 500);
    const inside = relay(3, numbers(100, 120), 300);
    expect(told(besides([campaign], [one, other, inside]))).toEqual([
      { group: 2, accounts: 40, detected: 500, merged: [] },
      { group: 0, accounts: 40, detected: 900, merged: [] },
      { group: 1, accounts: 40, detected: 300, merged: [] },
    ]);
  });
});
