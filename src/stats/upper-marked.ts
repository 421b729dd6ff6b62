import { binomialAtMost } from "./binomial-at-most.ts";
import { hypergeometricAtMost } from "./hypergeometric-at-most.ts";

/** A part of a population, and how many were drawn from it at random, without replacement. */
export interface Stratum {
  readonly size: number;
  readonly drawn: number;
}

/** What was drawn, how many of the drawn are marked, and with which chance a bound may be wrong, 0 to 1. */
export interface StratifiedDraw {
  readonly strata: readonly Stratum[];
  readonly found: number;
  readonly error: number;
}

/**
 * Upper confidence bound of how many of a finite population are marked, the drawn ones included: the largest number that
 * `refutesMarked` doesn't refute. It is wrong with a chance of at most `error`. O(log N · found), or log N · n of one stratum.
 */
export function upperMarked(draw: StratifiedDraw): number {
  let high = draw.strata.reduce((sum, { size }) => sum + size, 0);
  let low = draw.found;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (refutesMarked(draw, middle)) high = middle - 1;
    else low = middle;
  }
  return low;
}

/**
 * Whether a draw speaks against `marked` or more marked ones in all its strata, however they are spread over them:
 * so few among the drawn would come with a chance of at most `error`.
 * Of one stratum exactly (hypergeometric). Of several: each marked one is drawn with a chance of at least the least
 * sampling fraction f, and hypergeometric counts are sums of independent trials (their generating polynomials have real
 * roots only; Vatutin & Mikhailov 1982), so P(X ≤ k) ≤ P(Bin(D, f) ≤ k) for k ≤ fD − 1 (Hoeffding 1956), and for k = 0
 * always: (1 − n/N)^D bounds the product of the strata's.
 */
export function refutesMarked({ strata, found, error }: StratifiedDraw, marked: number): boolean {
  const filled = strata.filter(({ size }) => size > 0);
  const population = filled.reduce((sum, { size }) => sum + size, 0);
  if (marked > population) return true;
  if (filled.length === 1)
    return hypergeometricAtMost(found, { population, marked, drawn: filled[0]!.drawn }) <= error;
  const chance = Math.min(...filled.map(({ size, drawn }) => drawn / size));
  if (found > 0 && found > chance * marked - 1) return false;
  return binomialAtMost(found, { trials: marked, chance }) <= error;
}
