import { clipBits } from "./clip-bits.ts";
import { log2Sum } from "./log2-sum.ts";

/** Events, the chances they had, and the rate they are held against. */
export interface PoissonMixtureInput {
  /** Events seen: for echo, ordered account pairs with a qualified hit. */
  readonly events: number;
  /** Chances they had: for echo, conversations that present an earlier answer. */
  readonly trials: number;
  /** Upper bound of the rate where the parties are independent (`upperRate`), above 0. */
  readonly nullRate: number;
}

/**
 * Evidence, in bits, that events come at a higher rate than `nullRate`.
 * Formula: E = ∫Poisson(x; λ) dG(λ) / Poisson(x; n·ρ₀), with G uniform on the rates ρ₀·2^(j/2), j = 1, 2, … below 1,
 * and 1 (log-uniform; half-octave steps lose at most 8 % of the best rate's bits where it is twice ρ₀ or more).
 * Each ratio is r^x·e^{−nρ₀(r−1)} with r > 1: expectation ≤ 1 at any true rate ≤ ρ₀, for Poisson and for independent
 * Bernoulli trials of unequal rates averaging ≤ ρ₀ (1 + t ≤ eᵗ). Never above 0 where x ≤ n·ρ₀. 0 where ρ₀ ≥ 1 or
 * nothing was tried. Source: evidence.md §8; Grünwald, de Heide & Koolen 2024. O(log(1/ρ₀)).
 */
export function poissonMixture({ events, trials, nullRate }: PoissonMixtureInput): number {
  if (trials <= 0 || !(nullRate > 0) || nullRate >= 1) return 0;
  const expected = trials * nullRate;
  const octaves = Math.log2(1 / nullRate);
  const ratios: number[] = [];
  for (let j = 1; j / 2 < octaves; j++) ratios.push(2 ** (j / 2));
  ratios.push(1 / nullRate);
  const terms = ratios.map((r) => events * Math.log2(r) - expected * (r - 1) * Math.LOG2E);
  return clipBits(log2Sum(terms) - Math.log2(ratios.length));
}
