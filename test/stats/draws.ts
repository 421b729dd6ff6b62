import type { Random } from "../../src/stats/random.ts";

/** Samplers for simulated nulls and power cases; every one takes its source of uniforms. */

export function normal(next: Random): number {
  return Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
}

/** Pareto with least value 1: heavy-tailed volumes. */
export function pareto(next: Random, exponent: number): number {
  return (1 - next()) ** (-1 / exponent);
}

export function binomial(next: Random, trials: number, probability: number): number {
  let hits = 0;
  for (let i = 0; i < trials; i++) if (next() < probability) hits++;
  return hits;
}

export function poisson(next: Random, mean: number): number {
  const stop = Math.exp(-mean);
  let count = 0;
  for (let product = next(); product > stop; product *= next()) count++;
  return count;
}

/** Mean and the half-width of its 99 % normal interval. */
export function meanWithInterval(values: readonly number[]): { mean: number; halfWidth: number } {
  const n = values.length;
  const mean = values.reduce((sum, x) => sum + x, 0) / n;
  const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (n - 1);
  return { mean, halfWidth: 2.576 * Math.sqrt(variance / n) };
}
