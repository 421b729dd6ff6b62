/** By that few accounts a value is held by chance, however small the population. */
const LEAST_HOLDERS = 3;

/** Values that more than a share of the accounts hold, and more than three of them: what everybody has ties nobody. O(values). */
export function widelyHeld(
  held: readonly (readonly string[])[],
  share: number,
): ReadonlySet<string> {
  const holders = new Map<string, number>();
  for (const values of held) {
    for (const value of values) holders.set(value, (holders.get(value) ?? 0) + 1);
  }
  const limit = Math.max(LEAST_HOLDERS, share * held.length);
  return new Set([...holders].filter(([, n]) => n > limit).map(([value]) => value));
}
