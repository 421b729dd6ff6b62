import type { Reference } from "../core/assessment.ts";
import { middleNinety } from "../stats/middle-ninety.ts";
import { random } from "../stats/random.ts";
import type { AccountHabits } from "./comparison.ts";

/** Fewest values that have a middle 90 %. */
export const LEAST_COMPARED = 19;
const DRAWS = 200;
/** A value this many times the median is worth a sentence: small differences stand out too, where many are compared. */
const LEAST_LIFT = 1.5;
/** More accounts say no more, and take longer. */
const MOST_DRAWN = 128;

/** A group's value, and what groups of as many accounts drawn from the others show. */
export interface DrawnComparison {
  readonly value: number;
  readonly reference: Reference;
  /** Accounts the value was measured on. */
  readonly size: number;
}

/**
 * A statistic of a set of accounts, on the group's first and on 200 random sets of as many others, without repeats in a
 * set: a share or a spread depends on how many accounts it is taken of. At most 128, and at most half of the others, so
 * that the sets differ. `n` of the reference is the number of others; below 19 of them nothing can be compared, and
 * all is 0. O(draws × size).
 */
export function drawnGroups(
  comparison: {
    readonly members: readonly AccountHabits[];
    readonly others: readonly AccountHabits[];
    readonly seed: number;
  },
  statistic: (accounts: readonly AccountHabits[]) => number,
): DrawnComparison {
  const { members, others, seed } = comparison;
  const size = Math.min(members.length, MOST_DRAWN, Math.floor(others.length / 2));
  const value = size === 0 ? 0 : statistic(members.slice(0, size));
  if (others.length < LEAST_COMPARED || size === 0) {
    return { value, reference: { median: 0, low: 0, high: 0, n: others.length }, size };
  }
  const draw = random(seed);
  const pool = [...others];
  const values = Array.from({ length: DRAWS }, () => {
    for (let i = 0; i < size; i++) {
      const j = i + Math.floor(draw() * (pool.length - i));
      [pool[i], pool[j]] = [pool[j]!, pool[i]!];
    }
    return statistic(pool.slice(0, size));
  });
  return { value, reference: { ...middleNinety(values), n: others.length }, size };
}

/** True where a value lies above the middle 90 % of enough others, and well above their median. */
export function standsAbove(value: number, { median, high, n }: Reference): boolean {
  return n >= LEAST_COMPARED && value > high && value >= LEAST_LIFT * median;
}

/** True where a value lies below the middle 90 % of enough others. */
export function standsBelow(value: number, { low, n }: Reference): boolean {
  return n >= LEAST_COMPARED && value < low;
}
