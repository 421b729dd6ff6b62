import type { Tie } from "../../core/assessment.ts";
import { ItemList } from "../item-list.ts";
import type { Judge } from "../judge.ts";
import type { Lineage } from "../lineage.ts";
import type { Reported } from "./choose-groups.ts";
import type { Roster } from "../roster.ts";
import { likelyPairs } from "./likely-pairs.ts";
import { poolTies } from "./pool-ties.ts";

/** Bits for one pair of groups: log₂(1/.001). */
const LEAST_BITS = 10;
/** A pool has this many accounts of its own, or nothing can be told of two. */
const LEAST_OWN = 3;

/** The operation a group belongs to, and what ties it to others. */
export interface Operation {
  readonly operation: string;
  readonly ties: readonly Tie[];
}

/** The id that a lineage's group has in every result; who follows a group's accounts is that group. */
export function groupId(lineage: {
  readonly number: number;
  readonly follows?: Lineage | undefined;
}): string {
  return `g${(lineage.follows ?? lineage).number + 1}`;
}

/**
 * Groups that findings tie to one another, however indirectly, are one operation: it has the id of the group that was
 * found first. Only flagged groups are tried; the bits asked for grow with the pairs. O(pairs of flagged groups), and a slice for each likely one.
 */
export function joinOperations(
  reported: readonly Reported[],
  judge: Judge,
  roster: Roster,
): readonly Operation[] {
  const operation = reported.map(({ lineage }) => (lineage.follows ?? lineage).number);
  const ties: Tie[][] = reported.map(() => []);
  const flagged = reported.flatMap(({ said }, i) => (said.assessment === "campaign" ? [i] : []));
  const least = LEAST_BITS + Math.log2(Math.max(1, (flagged.length * (flagged.length - 1)) / 2));
  const groups = flagged.map((i) => reported[i]!);
  for (const { one: at, other: against, listsOverlap } of likelyPairs(groups, judge, roster)) {
    const [i, j] = [flagged[at]!, flagged[against]!];
    const [a, b] = [reported[i]!, reported[j]!];
    const one = a.members.difference(b.members);
    const other = b.members.difference(a.members);
    if (one.size < LEAST_OWN || other.size < LEAST_OWN) continue;
    const both = judge.slice(together(a.lineage, b.lineage));
    const found = poolTies({ both, one, other, listsOverlap, least });
    if (found.length === 0) continue;
    ties[i]!.push(...found.map((tie) => ({ group: groupId(b.lineage), ...tie })));
    ties[j]!.push(...found.map((tie) => ({ group: groupId(a.lineage), ...tie })));
    const [kept, gone] = [operation[i]!, operation[j]!].toSorted((x, y) => x - y);
    for (const [k, own] of operation.entries()) if (own === gone) operation[k] = kept!;
  }
  return reported.map((_, i) => ({
    operation: `o${operation[i]! + 1}`,
    ties: ties[i]!,
  }));
}

/** The slices of two lineages as one group's. */
function together(one: Lineage, other: Lineage): Lineage {
  const items = new ItemList();
  items.append(one.items);
  items.append(other.items);
  return {
    ...one,
    accounts: new Map([...other.accounts, ...one.accounts]),
    items,
    foundBy: one.foundBy.union(other.foundBy),
  };
}
