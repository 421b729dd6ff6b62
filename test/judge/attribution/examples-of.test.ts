import { expect, it } from "vitest";
import { examplesOf } from "../../../src/judge/attribution/examples-of.ts";
import {
  type KeptExchange,
  type Lineage,
  newLineage,
  newMember,
} from "../../../src/judge/lineage.ts";
import type { Finding } from "../../../src/judge/weigh-slice.ts";

const SAMPLED = {
  priority: 0,
  id: 0n,
  time: 0,
  text: "",
  conversation: -1,
  intent: 0,
  folds: 0,
  skeleton: false,
  presents: false,
  stratum: 0,
  peers: 0,
  answerBytes: 0,
  outputTokens: 0,
  maxTokens: 0,
  choices: 1,
  finish: 0,
  steps: 0,
  built: false,
} satisfies KeptExchange;

/** Accounts 0 to 7, each with the exchanges 10a + 1 (of least priority) and 10a + 2; account 0 has none. */
function lineage(): Lineage {
  const made = newLineage(0);
  for (let account = 0; account < 8; account++) {
    const member = newMember(account, account, 0, 0);
    const ids = account === 0 ? [] : [10 * account + 2, 10 * account + 1];
    for (const id of ids) member.sample.push({ ...SAMPLED, id: BigInt(id), priority: id });
    made.accounts.set(account, member);
  }
  return made;
}

const FINDING: Finding = {
  signal: "payment",
  axis: "coordination",
  channel: "identity",
  bits: 8,
  value: 1,
  reference: { median: 0, low: 0, high: 0, n: 0 },
  sentence: "A sentence.",
  examples: [],
  foundGroup: false,
};

it("takes a finding's own examples where it has some", () => {
  expect(examplesOf(lineage(), { ...FINDING, examples: [99n] })).toEqual([99n]);
});

it("else takes an exchange of each of five accounts that the finding is about", () => {
  const ties = { tested: new Set([0, 1, 2, 3, 4]), tied: new Set([0, 2, 4]) };
  expect(examplesOf(lineage(), { ...FINDING, ties })).toEqual([21n, 41n]);
  expect(examplesOf(lineage(), FINDING)).toEqual([11n, 21n, 31n, 41n, 51n]);
});

it("has none for what nobody shows, and for what is only described", () => {
  const nobody = { tested: new Set([1, 2]), tied: new Set<number>() };
  expect(examplesOf(lineage(), { ...FINDING, ties: nobody })).toEqual([]);
  expect(examplesOf(lineage(), { ...FINDING, describes: true })).toEqual([]);
});
