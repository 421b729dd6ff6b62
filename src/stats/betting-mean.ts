import { clipBits } from "./clip-bits.ts";

/** The null, and how boldly to bet against it. */
export interface BettingOptions {
  /** η₀ of H₀: mean ≤ η₀; above 0, below 1. */
  readonly threshold?: number;
  /** Share of the largest safe stake that may be laid, below 1; wealth then never reaches 0. */
  readonly stakeShare?: number;
  /** What is expected before the first value, and how many values it is worth; it steers power, not validity. */
  readonly prior?: { readonly mean: number; readonly variance: number; readonly weight: number };
}

/**
 * Evidence, in bits, against "the mean is at most η₀", from values in [0, 1] in an order fixed beforehand.
 * Formula: E = ∏(1 + λ_i(x_i − η₀)), 0 ≤ λ_i ≤ .9/η₀, λ_i = (μ̂ − η₀)⁺/(σ̂² + (μ̂ − η₀)²) from earlier values (plug-in of
 * the growth-optimal stake). Valid at any stopping time when each value's mean given the earlier ones is ≤ η₀.
 * Values outside [0, 1] are clipped into it. Source: Waudby-Smith & Ramdas 2024, aGRAPA. O(n).
 */
export function bettingMean(values: ArrayLike<number>, options: BettingOptions = {}): number {
  const threshold = options.threshold ?? 0.5;
  const largest = (options.stakeShare ?? 0.9) / threshold;
  const prior = options.prior ?? { mean: (1 + threshold) / 2, variance: 0.05, weight: 2 };
  let weight = prior.weight;
  let mean = prior.mean;
  let squares = prior.variance * prior.weight;
  let bits = 0;
  for (let i = 0; i < values.length; i++) {
    const value = Math.max(0, Math.min(1, values[i] ?? 0));
    const edge = Math.max(0, mean - threshold);
    const stake = Math.min(largest, edge / (squares / weight + edge * edge));
    bits += Math.log2(1 + stake * (value - threshold));
    weight += 1;
    const step = value - mean;
    mean += step / weight;
    squares += step * (value - mean);
  }
  return clipBits(bits);
}
