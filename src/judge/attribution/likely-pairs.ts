import type { Judge } from "../judge.ts";
import type { Roster } from "../roster.ts";
import { maskedItems } from "../slice-of.ts";
import type { Reported } from "./choose-groups.ts";
import { COMMON_ITEMS } from "./pool-ties.ts";

/** Why two groups might be tied. */
export interface LikelyPair {
  /** Places in the list of groups, the smaller first. */
  readonly one: number;
  readonly other: number;
  /** Whether their lists may have items in common. */
  readonly listsOverlap: boolean;
}

/** Items of the smaller list that are looked up in the other. */
const LOOKED_UP = 256;
/** What is masked but for a few words is no item. */
const NO_ITEM = 0;
/** Fewer suspended members make no wave (`succession`). */
const LEAST_SUSPENDED = 3;

/**
 * Pairs of groups that `poolTies` could tie: answers of one came back in the other, members of one were suspended, or
 * half as much of their lists is in common as would tie them, by a sample and by each list's own mask. The others need no
 * slice of both. O(items + echoes + pairs · 256 look-ups).
 */
export function likelyPairs(
  groups: readonly Pick<Reported, "lineage" | "members">[],
  judge: Pick<Judge, "echoesAmong">,
  roster: Pick<Roster, "facts">,
): readonly LikelyPair[] {
  const lists = groups.map(({ lineage }) => {
    const items = maskedItems(lineage).map(({ item }) => item);
    return new Set(items.filter((item) => item !== NO_ITEM));
  });
  const samples = lists.map((list) => [...list].toSorted((a, b) => a - b).slice(0, LOOKED_UP));
  const echoing = echoingPairs(groups, judge);
  const lost = groups.map(({ members }) => {
    const suspended = [...members].filter((account) => (roster.facts(account)?.suspended ?? 0) > 0);
    return suspended.length >= LEAST_SUSPENDED;
  });
  return groups.flatMap((_, one) =>
    groups.slice(one + 1).flatMap((__, at) => {
      const other = one + 1 + at;
      const [few, many] = lists[one]!.size < lists[other]!.size ? [one, other] : [other, one];
      const found = samples[few]!.filter((item) => lists[many]!.has(item)).length;
      const listsOverlap = found > (COMMON_ITEMS / 2) * samples[few]!.length;
      const isLikely = listsOverlap || lost[one]! || lost[other]! || echoing.has(`${one} ${other}`);
      return isLikely ? [{ one, other, listsOverlap }] : [];
    }),
  );
}

/** As `one other`, the smaller first. */
function echoingPairs(
  groups: readonly Pick<Reported, "members">[],
  judge: Pick<Judge, "echoesAmong">,
): ReadonlySet<string> {
  const groupsOf = new Map<number, number[]>();
  for (const [number, { members }] of groups.entries()) {
    for (const account of members) {
      const known = groupsOf.get(account);
      if (known === undefined) groupsOf.set(account, [number]);
      else known.push(number);
    }
  }
  const pairs = new Set<string>();
  for (const { presenter, issuer } of judge.echoesAmong(new Set(groupsOf.keys()))) {
    for (const a of groupsOf.get(presenter)!) {
      for (const b of groupsOf.get(issuer)!) pairs.add(`${Math.min(a, b)} ${Math.max(a, b)}`);
    }
  }
  return pairs;
}
