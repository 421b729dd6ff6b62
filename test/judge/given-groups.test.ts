import { describe, expect, it } from "vitest";
import { givenOutcomes } from "../../src/judge/given-outcomes.ts";
import { Judge } from "../../src/judge/judge.ts";
import { materialsOf, plantOperation } from "../../src/judge/power/plant-operation.ts";
import { accountOf, sharedKeysOf } from "../../src/judge/power/try-operation.ts";
import { NOTHING_SAID } from "../../src/judge/read-account-facts.ts";
import { Roster } from "../../src/judge/roster.ts";
import type { TrafficRow } from "../../src/judge/traffic-row.ts";
import { random } from "../../src/stats/random.ts";
import { peoplesRows } from "./power/rows.ts";

const people = peoplesRows(120, 6, 12);
const size = { accounts: 32, requests_a_day: 8, days: 4 };
const planted = plantOperation(materialsOf(people, people), size, random(1));
const rows = [...people, ...planted].toSorted((a, b) => a.time - b.time);
const namesOf = (some: readonly TrafficRow[]): string[] => [
  ...new Set(some.map((row) => `acct_${accountOf(row)}`)),
];
const facts = [...new Set(rows.map(accountOf))].map((hash) => ({
  ...NOTHING_SAID,
  account_hash: String(hash),
  account: `acct_${hash}`,
}));

/** Judges people and an operation of 32 accounts, some groups given. */
function judged(given: Readonly<Record<string, readonly string[]>>) {
  const roster = new Roster(facts, 7);
  const groups = Object.entries(given).map(([id, accounts]) => ({ id, accounts }));
  const judge = new Judge({
    tickSeconds: 3600,
    q: 0.01,
    seed: 7,
    roster,
    keys: sharedKeysOf(rows),
    given: groups,
  });
  for (const row of rows) judge.see(row);
  judge.close();
  return { judge, outcomes: givenOutcomes(judge, roster) };
}

/** What the judge says of what it found itself. */
function found({ lineages }: Judge): readonly unknown[] {
  return lineages.map((lineage) => [
    lineage.number,
    lineage.rank,
    lineage.exchanges,
    lineage.coordinationBits,
    lineage.harvestBits,
    lineage.flaggedAt,
  ]);
}

describe("a given group", () => {
  const strangers = namesOf(people).slice(0, 40);
  const plain = judged({}).judge;
  const { judge, outcomes } = judged({ operation: namesOf(planted), strangers });
  const [operation, others] = outcomes;
  const flags = plain.lineages.flatMap(({ flaggedAt }) => (flaggedAt > 0 ? [flaggedAt] : []));

  it("is flagged before the judge finds it, where it is an operation", () => {
    expect(operation!.flagged_in_order_at).toBeGreaterThan(0);
    expect(operation!.flagged_in_order_at).toBeLessThanOrEqual(1000 * Math.min(...flags));
    expect(operation!.flagged_at).toBeLessThanOrEqual(operation!.flagged_in_order_at!);
    expect(operation!.members).toHaveLength(32);
  });

  it("passes both axes when the later of them is passed", () => {
    const { coordinated_at, harvested_at, flagged_at } = operation!;
    expect(flagged_at).toBe(Math.max(coordinated_at!, harvested_at!));
  });

  it("is not flagged where it is people who have nothing to do with each other", () => {
    expect(others).toMatchObject({ id: "strangers", flagged_at: null, coordinated_at: null });
    expect(others!.coordination_bits).toBeLessThan(1);
  });

  it("changes nothing of what the judge finds", () => {
    expect(found(judge)).toEqual(found(plain));
  });
});
