import { ownersOf, type ScoredGroup } from "./score-scan.ts";
import type { Census } from "./score-census.ts";
import type { Truth } from "./world.ts";

/** Traits by which a detector must not harm one kind of people more than another. */
export const TRAITS = ["language", "region", "plan"] as const;

/** The legitimate accounts of one kind of people, and how many of them are in a flagged group. */
export interface PeopleScore {
  readonly trait: (typeof TRAITS)[number];
  readonly value: string;
  readonly accounts: number;
  readonly flagged: number;
}

/** Counts legitimate accounts, and the flagged ones among them, by language, region and plan. */
export function scorePeople(
  groups: readonly ScoredGroup[],
  truth: Truth,
  census: Census,
): PeopleScore[] {
  const owners = ownersOf(truth);
  const flagged = new Set(
    groups.flatMap((group) => (group.assessment === "campaign" ? group.accounts : [])),
  );
  const legitimate = [...census].filter(([account]) => !owners.has(account));
  return TRAITS.flatMap((trait) =>
    [...Map.groupBy(legitimate, ([, known]) => known[trait])]
      .filter(([value]) => value !== "")
      .map(([value, accounts]) => ({
        trait,
        value,
        accounts: accounts.length,
        flagged: accounts.filter(([account]) => flagged.has(account)).length,
      }))
      .toSorted((a, b) => (a.value < b.value ? -1 : 1)),
  );
}
