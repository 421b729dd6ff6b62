import type { Release } from "../../core/assessment.ts";
import type { RowOf } from "../../warehouse/statement.ts";
import type { modelStarts } from "../../warehouse/statements.gen.ts";
import { timeOf } from "./time-of.ts";

/** Bits of surprise that a model's accounts all came to it so late, from which it is taken to be new. */
const NEW_BITS = 20;

/**
 * Models that came out while the traffic was recorded, by the traffic alone: had a model been there from the beginning,
 * none of its n accounts would first use it in the first share s of the window with probability (1 − s)ⁿ. Times in seconds.
 * Of models whose release is known that counts instead. In order of time.
 */
export function releasesIn(
  models: readonly RowOf<typeof modelStarts>[],
  window: { readonly from: number; readonly to: number },
  known: readonly Release[] = [],
): readonly Release[] {
  const told = new Set(known.map(({ model }) => model));
  const length = Math.max(1, window.to - window.from);
  const found = models
    .filter(({ name }) => !told.has(name))
    .filter(({ first, accounts }) => {
      const share = Math.min(1, (first - window.from) / length);
      return -Number(accounts) * Math.log2(1 - share) >= NEW_BITS;
    })
    .map(({ name, first }) => ({ model: name, time: timeOf(first) }));
  return [...found, ...known].toSorted((a, b) => Date.parse(a.time) - Date.parse(b.time));
}
