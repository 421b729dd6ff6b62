import { makeRandom } from "./random.ts";

/** A mean with an interval. */
export interface Interval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

const RESAMPLES = 2000;

/** The mean over worlds and a percentile bootstrap interval of it (2,000 resamples of whole worlds, from a fixed seed; 95 % unless told). With one world the interval is a point. */
export function bootstrapMean(values: readonly number[], level = 0.95): Interval {
  return bootstrapRatio(
    values.map((sum) => ({ sum, count: 1 })),
    level,
  );
}

/**
 * The mean over things that come in worlds: Σ sums / Σ counts, with a percentile bootstrap over whole worlds, because
 * things of one world depend on each other. NaN where there is nothing to count.
 */
export function bootstrapRatio(
  worlds: readonly { readonly sum: number; readonly count: number }[],
  level = 0.95,
): Interval {
  const ratio = (chosen: readonly { sum: number; count: number }[]): number => {
    let sum = 0;
    let count = 0;
    for (const world of chosen) {
      sum += world.sum;
      count += world.count;
    }
    return sum / count;
  };
  const counted = worlds.filter((world) => world.count > 0);
  const random = makeRandom("bootstrap");
  const means = Float64Array.from({ length: counted.length === 0 ? 0 : RESAMPLES }, () =>
    ratio(counted.map(() => random.pick(counted))),
  ).sort();
  const tail = Math.round((RESAMPLES * (1 - level)) / 2);
  return {
    mean: ratio(counted),
    low: means[tail] ?? Number.NaN,
    high: means[RESAMPLES - 1 - tail] ?? Number.NaN,
  };
}

/** Wilson's score interval of a proportion, 95 % (Wilson 1927). */
export function wilson(hits: number, trials: number): Interval {
  if (trials === 0) return { mean: 0, low: 0, high: 1 };
  const z = 1.959964;
  const p = hits / trials;
  const middle = (p + (z * z) / (2 * trials)) / (1 + (z * z) / trials);
  const half =
    (z / (1 + (z * z) / trials)) *
    Math.sqrt((p * (1 - p)) / trials + (z * z) / (4 * trials * trials));
  return { mean: p, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

/** The middle of a list; NaN for an empty one. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[half] ?? Number.NaN)
    : ((sorted[half - 1] ?? Number.NaN) + (sorted[half] ?? Number.NaN)) / 2;
}
