import { describe, expect, it } from "vitest";
import { operatorsOf } from "../../../src/judge/attribution/operators-of.ts";
import type { MemberRow } from "../../../src/judge/attribution/member-traffic.ts";
import { makeRandom } from "../../../src/range/random.ts";
import { sent, trafficOf } from "./traffic.ts";

const [OWN, FIRST, SECOND, THIRD] = [1, 2, 4, 8];
const POOL = Array.from({ length: 40 }, (_, i) => i);
const operators = (rows: readonly MemberRow[], works: number) =>
  operatorsOf("g1", trafficOf(rows, works, true));
const random = makeRandom("operators");

describe("operators in one pool", () => {
  it("are told apart where each took accounts of its own choice and deals its own work", () => {
    const [a, b] = [random.sample(POOL, 26), random.sample(POOL, 18)];
    const rows = [
      ...POOL.map((account) => sent(account, OWN, 5)),
      ...a.map((account) => sent(account, OWN | FIRST, 30)),
      ...b.map((account) => sent(account, OWN | SECOND, 20)),
    ];
    const told = operators(rows, 2);
    expect(told.map(({ id, exchanges }) => [id, exchanges])).toEqual([
      ["g1.1", 780],
      ["g1.2", 360],
    ]);
    expect(new Set(told[0]!.accounts)).toEqual(new Set(a.map((i) => `acct_${i}`)));
    expect(new Set(told[1]!.accounts)).toEqual(new Set(b.map((i) => `acct_${i}`)));
  });

  it("are one where every account has some of each work", () => {
    const rows = POOL.flatMap((account) => [
      sent(account, OWN | FIRST, 20),
      sent(account, OWN | SECOND, 9),
    ]);
    expect(operators(rows, 2)).toEqual([]);
  });

  it("are one where accounts lack a work by chance, having sent hardly anything", () => {
    const rows = Array.from({ length: 400 }, (_, account) =>
      Array.from({ length: 3 }, () => sent(account, OWN | random.pick([FIRST, SECOND]), 1)),
    ).flat();
    expect(operators(rows, 2)).toEqual([]);
  });

  it("are not told apart where the works divide the pool: one dispatcher does so by dialect or topic", () => {
    const rows = POOL.map((account) => sent(account, OWN | (account % 2 ? FIRST : SECOND), 30));
    expect(operators(rows, 2)).toEqual([]);
  });

  it("are not made of one work's wider rule, nor of a mixture of two works", () => {
    const [a, b] = [random.sample(POOL, 26), random.sample(POOL, 18)];
    const rows = [
      ...a.map((account) => sent(account, OWN | FIRST | THIRD, 20)),
      ...a.map((account) => sent(account, OWN | FIRST, 10)),
      ...b.map((account) => sent(account, OWN | SECOND | THIRD, 18)),
      ...b.map((account) => sent(account, OWN | SECOND, 2)),
    ];
    expect(operators(rows, 3).map(({ exchanges }) => exchanges)).toEqual([780, 360]);
  });
});
