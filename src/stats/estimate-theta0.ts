import { lowerConfidence } from "./upper-confidence.ts";

/** How references are clipped, passed over and bounded. */
export interface Theta0Options {
  /** ±c, to which the values are clipped as in the test. */
  readonly clip: number;
  /** A cause with fewer accounts is passed over. */
  readonly leastAccounts?: number;
  /** Confidence of the lower bound. */
  readonly level?: number;
}

/**
 * θ₀ of one stratum: the lower confidence bound (99 %) of the mean clipped X (`accountSimilarity`, in an order fixed
 * beforehand) of the weakest reference cause, or undefined where no cause has enough accounts or the bound is not above 0
 * (then keep the shipped constant, or abstain). The least of several lower bounds is a lower bound of the least mean,
 * so causes need no correction. Evidence.md §6; bound: Waudby-Smith & Ramdas 2024. O(40·ΣA).
 */
export function estimateTheta0(
  causes: readonly ArrayLike<number>[],
  options: Theta0Options,
): number | undefined {
  const { clip, leastAccounts = 50, level = 0.99 } = options;
  const bounds = causes
    .filter((values) => values.length >= leastAccounts)
    .map((values) => {
      const unit = Float64Array.from(
        values,
        (x) => (Math.max(-clip, Math.min(clip, x)) + clip) / (2 * clip),
      );
      return (2 * lowerConfidence(unit, level) - 1) * clip;
    });
  const theta0 = Math.min(...bounds);
  return bounds.length > 0 && theta0 > 0 ? theta0 : undefined;
}
