import { createHash } from "node:crypto";
import type { Group } from "../core/assessment.ts";

/** What a told group is known again by. */
export interface Traces {
  /** Its id when it was last told. */
  readonly group: string;
  /** See `accountTraces`. */
  readonly traces: readonly string[];
}

const MOST_TRACES = 32;
/** The share of a told group's traces that a group of another id must have to be it. */
const SAME = 0.5;

/** The least 32 hashes of accounts, in hexadecimal: a sample that does not depend on who else is there. O(accounts). */
export function accountTraces(accounts: readonly string[]): readonly string[] {
  return accounts.map(hashed).toSorted().slice(0, MOST_TRACES);
}

/**
 * Which told groups these are: of each group the key in `told`. A judge that begins anew numbers its groups anew, so an
 * id alone proves nothing: of the same id, one account in common is asked for; otherwise half of the traces, most
 * first. No told group is two. O(groups × told + accounts).
 */
export function matchTold(
  told: Readonly<Record<string, Traces>>,
  groups: readonly Group[],
): ReadonlyMap<Group, string> {
  const shares = sharesOf(told, groups);
  const candidates = groups.flatMap((group) =>
    Object.entries(told).flatMap(([key, before]) => {
      const share = shares(group, key);
      const sameId = before.group === group.id;
      return share >= SAME || (sameId && share > 0) ? [{ group, key, share, sameId }] : [];
    }),
  );
  const found = new Map<Group, string>();
  const taken = new Set<string>();
  const best = candidates.toSorted(
    (a, b) => Number(b.sameId) - Number(a.sameId) || b.share - a.share,
  );
  for (const { group, key } of best) {
    if (found.has(group) || taken.has(key)) continue;
    found.set(group, key);
    taken.add(key);
  }
  return found;
}

/** The group that has most of a told group's traces, half at least. */
export function groupThatHas(before: Traces, groups: readonly Group[]): Group | undefined {
  const shares = sharesOf({ it: before }, groups);
  const [best] = groups.toSorted((a, b) => shares(b, "it") - shares(a, "it"));
  return best !== undefined && shares(best, "it") >= SAME ? best : undefined;
}

/** Share of a told group's traces that a group has, 0 to 1. */
function sharesOf(
  told: Readonly<Record<string, Traces>>,
  groups: readonly Group[],
): (group: Group, key: string) => number {
  const sets = new Map(groups.map((group) => [group, new Set(group.accounts.map(hashed))]));
  return (group, key) => {
    const traces = told[key]?.traces ?? [];
    const had = traces.filter((trace) => sets.get(group)?.has(trace) === true).length;
    return traces.length === 0 ? 0 : had / traces.length;
  };
}

function hashed(account: string): string {
  return createHash("sha256").update(account).digest("hex").slice(0, 12);
}
