import type { Reference } from "../core/assessment.ts";

/**
 * Median and 5 % and 95 % quantiles of values in any order; `n` is their number. Nearest rank: the value at place
 * ⌈p·n⌉ of n in ascending order. All 0 for no values. O(n log n).
 */
export function middleNinety(values: readonly number[]): Reference {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (p: number): number => sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)] ?? 0;
  return { median: at(0.5), low: at(0.05), high: at(0.95), n: sorted.length };
}
