import { describe, expect, it } from "vitest";
import { poolTies } from "../../../src/judge/attribution/pool-ties.ts";
import { random } from "../../../src/stats/random.ts";
import { type SliceSketch, sliceOf } from "../../signals/slice-of.ts";

const HOUR = 3600;
const DAY = 24 * HOUR;
const AT = 500_000 * HOUR;
const numbers = (from: number, to: number) =>
  new Set(Array.from({ length: to - from }, (_, i) => from + i));
/** Two groups of thirty accounts each. */
const [ONE, OTHER] = [numbers(0, 30), numbers(30, 60)];

const ties = (sketch: Partial<SliceSketch>) =>
  poolTies({
    both: sliceOf({ accounts: 60, ...sketch }),
    one: ONE,
    other: OTHER,
    listsOverlap: true,
    least: 10,
  });

const surroundings = {
  identified: 0,
  sharing: 0,
  several: 0,
  presenting: 900,
  echoing: 2,
  hours: new Map<number, number>(),
};
const presenting = () => ({ presenting: 5 });
const item = (number: number) => Math.imul(number + 1, 0x9e37_79b1) >>> 0;

describe("two groups", () => {
  it("are one operation where answers issued in one come back in the other", () => {
    const echoes = Array.from({ length: 12 }, (_, i) => ({ presenter: 30 + i, issuer: i }));
    const [tie, ...more] = ties({ account: presenting, surroundings, echoes });
    expect(more).toEqual([]);
    expect(tie).toMatchObject({ signal: "echo" });
    expect(tie!.sentence).toContain("12 accounts");
  });

  it("are not tied by what each presents of its own, nor by a copied answer or two", () => {
    const within = Array.from({ length: 20 }, (_, i) => ({ presenter: i, issuer: i + 5 }));
    const across = [{ presenter: 30, issuer: 1 }];
    const own = within.filter(({ issuer }) => issuer < 30);
    expect(ties({ account: presenting, surroundings, echoes: [...own, ...across] })).toEqual([]);
  });

  it("are one operation where the other begins when the one is suspended", () => {
    const tenure = [...ONE, ...OTHER].map((account) => ({
      account,
      payer: account,
      created: AT - 90 * DAY,
      suspended: ONE.has(account) ? AT + account : 0,
      first: ONE.has(account) ? AT - 9 * DAY : AT + HOUR,
    }));
    const starts = new Map<number, number>();
    for (let hour = -48; hour < 48; hour++) starts.set(500_000 + hour, 3);
    starts.set(500_001, 33);
    const both = { tenure, surroundings: { ...surroundings, starts } };
    expect(ties(both).map(({ signal }) => signal)).toEqual(["succession"]);
    const before = tenure.map((t) => (OTHER.has(t.account) ? { ...t, first: AT - 30 * DAY } : t));
    expect(ties({ ...both, tenure: before })).toEqual([]);
  });

  it("are one operation where both work through one list, and not where each has its own", () => {
    const deal = (list: (account: number) => number) => {
      const next = random(2);
      let start = 0;
      return Array.from({ length: 1200 }, (_, i) => {
        if (i % 3 === 0) start = Math.floor(60 * next());
        const account = (start + 31 * (i % 3)) % 60;
        return { account, item: item(Math.floor(i / 3) + 1000 * list(account)) };
      });
    };
    expect(ties({ items: deal(() => 0) }).map(({ signal }) => signal)).toEqual(["worklist"]);
    expect(ties({ items: deal((account) => (ONE.has(account) ? 1 : 2)) })).toEqual([]);
  });
});
