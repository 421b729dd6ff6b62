import type { Ties } from "../signals/signal.ts";
import type { Lineage } from "./lineage.ts";

/** Evidence that is strong enough to say who it is about. */
export const TELLING_BITS = 4;
/** Where a trait holds for this share of those it can be looked for in, the others may be taken to have it. */
const PREVALENT = 0.6;
/** … and where it holds for this share, who was looked at and lacks it does not belong. */
const DECISIVE = 0.75;
const LEAST_DECISIVE = 10;

/**
 * The accounts a lineage's coordination is about. That a group is not independent says that some are not: a bystander
 * who asks the same is one in whom the telling traits were looked for and not found. A tie of its own (a card, a dealt
 * item, an echo) decides for an account, then the lack of one that nearly all others have, then what holds for everybody
 * alike. All, where no telling trait singles anybody out. `accounts` are those of the lineage where no others are given.
 * O(accounts × signals).
 */
export function membersOf(
  lineage: Lineage,
  accounts: Iterable<number> = lineage.accounts.keys(),
): ReadonlySet<number> {
  const telling = lineage.findings.flatMap(({ axis, bits, describes, foundGroup, ties }) =>
    axis === "coordination" &&
    describes !== true &&
    (bits >= TELLING_BITS || foundGroup) &&
    ties !== undefined
      ? [ties]
      : [],
  );
  const all = [...accounts];
  if (telling.length === 0) return new Set(all);
  const general = telling.filter(isGeneral);
  const specific = telling.filter((ties) => !isGeneral(ties));
  const prevalent = specific.filter(({ tested, tied }) => tied.size >= PREVALENT * tested.size);
  const decisive = prevalent.filter(
    ({ tested, tied }) => tested.size >= LEAST_DECISIVE && tied.size >= DECISIVE * tested.size,
  );
  const belongs = (account: number): boolean => {
    if (specific.some(({ tied }) => tied.has(account))) return true;
    if (decisive.some(({ tested }) => tested.has(account))) return false;
    return general.length > 0 || prevalent.some(({ tested }) => !tested.has(account));
  };
  return new Set(all.filter(belongs));
}

/** True where a finding is about everybody it looked at, and singles nobody out. */
export function isGeneral({ tested, tied }: Ties): boolean {
  return tested === tied;
}
