import { refutesMarked } from "./upper-marked.ts";

/** What is to be proved: that at most `limit` of those not drawn are marked, 0 to 1, wrongly with a chance of at most `error`. */
export interface Proof {
  readonly limit: number;
  readonly error: number;
}

/**
 * How many to draw of each stratum, by size, so that `found` marked ones among them still prove it: the least draw that
 * takes the same share of each, rounded up. All of them where nothing less does. O(N · found).
 *
 * Who finds more than foreseen may go on to the draw for what was found: each `found` has a part of `error` of its own,
 * ¾ · ¼^found, so that all of these draws together are wrong with a chance of at most `error`, whoever stops where
 * (union bound). The draws must be fixed beforehand, each containing the one before it.
 */
export function provingDraw(
  sizes: readonly number[],
  { limit, error, found }: Proof & { readonly found: number },
): readonly number[] {
  const population = sizes.reduce((sum, size) => sum + size, 0);
  for (let n = 1; n < population; n++) {
    const drawn = sizes.map((size) => Math.ceil((n * size) / population));
    const rest = population - drawn.reduce((sum, one) => sum + one, 0);
    const strata = sizes.map((size, i) => ({ size, drawn: drawn[i]! }));
    // One more than may be left: to refute that is the proof.
    const tooMany = Math.floor(limit * rest) + found + 1;
    if (tooMany > population) continue;
    if (refutesMarked({ strata, found, error: errorAt(found, error) }, tooMany)) return drawn;
  }
  return sizes;
}

/** The part of `error` that the draw for `found` marked ones has. */
export function errorAt(found: number, error: number): number {
  return error * 0.75 * 0.25 ** found;
}
