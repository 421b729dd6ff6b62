import { expect, it } from "vitest";
import { likelyPairs } from "../../../src/judge/attribution/likely-pairs.ts";
import { ItemList } from "../../../src/judge/item-list.ts";
import type { Lineage } from "../../../src/judge/lineage.ts";
import { packText } from "../../../src/judge/packed-text.ts";

type Facts = NonNullable<ReturnType<Parameters<typeof likelyPairs>[2]["facts"]>>;

/** A group of ten accounts from `first` on, whose item `i` of 400 is told by `word(i)`. */
const group = (first: number, word: (i: number) => number) => {
  const members = Array.from({ length: 10 }, (_, i) => first + i);
  const items = new ItemList();
  for (let i = 0; i < 400; i++) {
    const own = word(i);
    const tokens = Uint16Array.of(7, own, 20_000 + own, 30_000 + own, 40_000 + own);
    items.push(first + (i % 10), packText(tokens));
  }
  return { lineage: { items } as unknown as Lineage, members: new Set(members) };
};
const own = (from: number) => (i: number) => 1_000 + from + i;

it("are worth a look together where their lists overlap, answers cross or members were suspended", () => {
  const groups = [
    group(0, own(0)),
    group(10, own(300)),
    group(20, own(5_000)),
    group(30, own(6_000)),
    group(40, own(7_000)),
    group(50, own(8_000)),
  ];
  const judge = { echoesAmong: () => [{ presenter: 31, issuer: 22 }] };
  const roster = {
    facts: (account: number) => ({ suspended: account > 56 ? 9 : 0 }) as Facts,
  };
  const pairs = likelyPairs(groups, judge, roster);
  expect(pairs.filter(({ listsOverlap }) => listsOverlap)).toEqual([
    { one: 0, other: 1, listsOverlap: true },
  ]);
  expect(pairs.map(({ one, other }) => [one, other])).toEqual([
    [0, 1],
    [0, 5],
    [1, 5],
    [2, 3],
    [2, 5],
    [3, 5],
    [4, 5],
  ]);
});
