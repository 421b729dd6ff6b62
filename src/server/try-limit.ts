import { StillwatchError } from "../core/errors.ts";

/** How many tries somebody has. */
export interface TryLimit {
  /** Counts a try. Throws SW_TOO_OFTEN where there were too many. */
  assertAnother(who: string): void;
}

/** Beyond so many who tried lately, those are forgotten who tried first. */
const MOST_KNOWN = 10_000;

/** At most `most` tries in every stretch of `everyMs`, each stretch beginning with the first. `clock` is in milliseconds and only grows. */
export function tryLimit(
  { most, everyMs }: { readonly most: number; readonly everyMs: number },
  clock: () => number,
): TryLimit {
  const known = new Map<string, { readonly from: number; tries: number }>();
  return {
    assertAnother(who) {
      const now = clock();
      const before = known.get(who);
      const current =
        before === undefined || now - before.from >= everyMs ? { from: now, tries: 0 } : before;
      if (current !== before) {
        known.delete(who);
        known.set(who, current);
        const [first] = known.keys();
        if (known.size > MOST_KNOWN && first !== undefined) known.delete(first);
      }
      current.tries++;
      if (current.tries <= most) return;
      const seconds = Math.ceil((current.from + everyMs - now) / 1_000);
      throw new StillwatchError("SW_TOO_OFTEN", { seconds });
    },
  };
}
