import { expect, it } from "vitest";
import { newLineage, newMember } from "../../src/judge/lineage.ts";
import { membersOf } from "../../src/judge/members-of.ts";
import type { Finding } from "../../src/judge/weigh-slice.ts";
import type { Ties } from "../../src/signals/signal.ts";

const numbers = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, i) => from + i);

function finding(bits: number, ties: Ties): Finding {
  const reference = { median: 0, low: 0, high: 0, n: 0 };
  const said = { value: 0, reference, sentence: "", examples: [], foundGroup: false };
  return { ...said, bits, ties, signal: "payment", axis: "coordination", channel: "identity" };
}

/** The members of a lineage of 20 accounts, 0 to 19, with these findings. */
function members(...findings: Finding[]): number[] {
  const lineage = newLineage(0);
  for (const account of numbers(0, 20))
    lineage.accounts.set(account, newMember(account, account, 0, 0));
  lineage.findings = findings;
  return [...membersOf(lineage)];
}

const shared = (tested: number[], tied: number[]): Ties => ({
  tested: new Set(tested),
  tied: new Set(tied),
});
const all = new Set(numbers(0, 20));

it("leaves out who was looked at and lacks a tie that nearly all others have, whatever holds for everybody", () => {
  const cards = finding(30, shared(numbers(0, 20), numbers(0, 18)));
  const contents = finding(20, { tested: all, tied: all });
  expect(members(cards, contents)).toEqual(numbers(0, 18));
});

it("keeps who could not be looked at, where the tie is prevalent", () => {
  expect(members(finding(30, shared(numbers(0, 12), numbers(0, 11))))).toEqual([
    ...numbers(0, 11),
    ...numbers(12, 20),
  ]);
});

it("keeps only the tied accounts where a tie is rare", () => {
  expect(members(finding(30, shared(numbers(0, 20), numbers(0, 6))))).toEqual(numbers(0, 6));
});

it("keeps an account with a tie of its own though it lacks another", () => {
  const cards = finding(30, shared(numbers(0, 20), numbers(0, 18)));
  const echoes = finding(30, shared([19], [19]));
  expect(members(cards, echoes)).toEqual([...numbers(0, 18), 19]);
});

it("keeps everybody where nothing telling singles anybody out", () => {
  expect(members(finding(3, shared(numbers(0, 20), numbers(0, 2))))).toEqual(numbers(0, 20));
});

it("asks nothing of findings that are told and not weighed", () => {
  const told = { ...finding(30, shared(numbers(0, 20), numbers(0, 18))), describes: true } as const;
  expect(members(told)).toEqual(numbers(0, 20));
});
