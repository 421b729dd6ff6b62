import type { Lineage } from "./lineage.ts";

/** Evidence that is strong enough to say who it is about. */
const TELLING_BITS = 4;
/** Where a trait holds for this share of those it can be looked for in, the others may be taken to have it. */
const PREVALENT = 0.6;

/**
 * The accounts a lineage's coordination is about. That a group is not independent says that some are not: a bystander
 * who asks the same is one in whom the telling traits were looked for and not found. Everybody, where no telling trait
 * singles anybody out. O(accounts × signals).
 */
export function membersOf(lineage: Lineage): ReadonlySet<number> {
  const telling = lineage.findings.flatMap(({ axis, bits, foundGroup, ties }) =>
    axis === "coordination" && (bits >= TELLING_BITS || foundGroup) && ties !== undefined
      ? [ties]
      : [],
  );
  const all = [...lineage.accounts.keys()];
  if (telling.length === 0) return new Set(all);
  const prevalent = telling.filter(({ tested, tied }) => tied.size >= PREVALENT * tested.size);
  return new Set(
    all.filter(
      (account) =>
        telling.some(({ tied }) => tied.has(account)) ||
        prevalent.some(({ tested }) => !tested.has(account)),
    ),
  );
}
