import { expect, it } from "vitest";
import { makeRandom } from "../../src/range/random.ts";
import { makeWorkList } from "../../src/range/work-list.ts";

it("deals every entry the same number of times, to different accounts", () => {
  let written = 0;
  const list = makeWorkList(makeRandom("list"), { write: () => written++, times: 3, front: 60 });
  const given = new Map<number, string[]>();
  for (let i = 0; i < 3000; i++) {
    const account = `a${i % 25}`;
    const { value } = list.deal(account);
    given.set(value, [...(given.get(value) ?? []), account]);
  }
  const finished = [...given.values()].filter((accounts) => accounts.length === 3);
  expect(finished.length).toBeGreaterThan(900);
  expect(Math.max(...[...given.values()].map((accounts) => accounts.length))).toBe(3);
  expect(
    finished.filter((accounts) => new Set(accounts).size === 3).length / finished.length,
  ).toBeGreaterThan(0.99);
});
