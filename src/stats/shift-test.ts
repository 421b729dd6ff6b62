import { clipBits } from "./clip-bits.ts";
import type { DayShift } from "./day-shifts.ts";
import { random, type Random } from "./random.ts";

const HOURS = 24;

/** One account's active hours. */
export interface AccountSeries {
  /** Whole hours from the window's start, each at most once, in any order. */
  readonly hours: ArrayLike<number>;
  /** Activity in those hours over the population's rate in the same hour and stratum; ≥ 0. */
  readonly values: ArrayLike<number>;
  /** Index into `shiftSets`; 0 by default. */
  readonly shiftSet?: number;
}

/** Accounts' active hours, and the shifts under which the null holds. */
export interface ShiftTestInput {
  readonly series: readonly AccountSeries[];
  /** Whole days of the window. */
  readonly days: number;
  /** Allowed shifts by set (`dayShifts`), each a group holding the identity. */
  readonly shiftSets: readonly (readonly DayShift[])[];
  readonly seed: number;
  /** B: random shifts; the evidence is at most log₂(B + 1) bits. */
  readonly draws?: number;
  /** κ, fixed beforehand: how steeply the statistic turns into evidence. */
  readonly kappa?: number;
}

/** What the test found. */
export interface ShiftTest {
  readonly bits: number;
  /** T₀ standardized among T₀ … T_B: how far the group's synchrony lies from chance. */
  readonly z: number;
  /** Accounts that could be shifted. */
  readonly accounts: number;
}

/** More accounts than this are pooled at random and shifted together, which keeps the test exact. */
const MOST_CELLS = 192;

/**
 * Evidence, in bits, that accounts are active in the same particular hours beyond their daily and weekly rhythm.
 * Each account's activity becomes a unit vector over hours, √(share of its activity in the hour); a group's
 * T = Σ_h (Σ_a y_ah)² is, up to a constant, the sum over account pairs of how much their hours overlap (Bhattacharyya), so
 * a busy account weighs no more than a quiet one. Every draw shifts each account by a random allowed shift.
 * Formula: E = e^{κ z₀}/mean_{b=0..B} e^{κ z_b}, z = T standardized by the mean and deviation of *all* B + 1 values (symmetric,
 * so still exact): expectation 1 where the shifted series are as likely as the observed ones. bits ≤ log₂(B + 1).
 * Source: evidence.md §8; Ramdas, Barber, Candès & Tibshirani 2023 (permutation e-values).
 * O(active hours + B·min(A, 192)·24·days).
 */
export function shiftTest(input: ShiftTestInput): ShiftTest {
  const { draws = 1023, kappa = 2, shiftSets } = input;
  const next = random(input.seed);
  const movable = input.series.filter((s) => (shiftSets[s.shiftSet ?? 0]?.length ?? 0) > 1);
  if (movable.length < 2) return { bits: 0, z: 0, accounts: movable.length };
  const cells = pool(movable, input, next);
  const statistics = new Float64Array(draws + 1);
  const sum = new Float64Array(input.days * HOURS);
  for (let b = 0; b <= draws; b++) {
    sum.fill(0);
    for (const cell of cells) {
      const set = shiftSets[cell.shiftSet] ?? [];
      const shift = set[b === 0 ? 0 : Math.floor(next() * set.length)];
      if (shift !== undefined) addShifted(sum, cell.activity, shift);
    }
    for (const value of sum) statistics[b] = (statistics[b] ?? 0) + value * value;
  }
  return { ...evidenceOf(statistics, kappa), accounts: movable.length };
}

function evidenceOf(statistics: Float64Array, kappa: number): { bits: number; z: number } {
  const size = statistics.length;
  const mean = statistics.reduce((sum, t) => sum + t, 0) / size;
  const variance = statistics.reduce((sum, t) => sum + (t - mean) ** 2, 0) / size;
  if (!(variance > 1e-18 * mean * mean)) return { bits: 0, z: 0 };
  const scores = statistics.map((t) => (t - mean) / Math.sqrt(variance));
  const z = scores[0] ?? 0;
  const top = scores.reduce((most, score) => Math.max(most, score), z);
  const average = scores.reduce((sum, score) => sum + Math.exp(kappa * (score - top)), 0) / size;
  return { bits: clipBits(kappa * (z - top) * Math.LOG2E - Math.log2(average)), z };
}

interface Cell {
  readonly shiftSet: number;
  readonly activity: Float64Array;
}

/** Turns accounts into unit vectors and sums those of one shift set into at most `MOST_CELLS` cells in all. */
function pool(series: readonly AccountSeries[], input: ShiftTestInput, next: Random): Cell[] {
  const { days, shiftSets } = input;
  const sizes = new Uint32Array(shiftSets.length);
  for (const { shiftSet = 0 } of series) sizes[shiftSet] = (sizes[shiftSet] ?? 0) + 1;
  const cells = new Map<number, Cell>();
  const seen = new Uint32Array(shiftSets.length);
  for (const account of series) {
    const shiftSet = account.shiftSet ?? 0;
    const size = sizes[shiftSet] ?? 1;
    const most = Math.max(2, Math.floor((MOST_CELLS * size) / series.length));
    const order = seen[shiftSet] ?? 0;
    seen[shiftSet] = order + 1;
    const slot = size <= most ? order : Math.floor(next() * most);
    const id = shiftSet * (MOST_CELLS + 2) + slot;
    const cell = cells.get(id) ?? { shiftSet, activity: new Float64Array(days * HOURS) };
    cells.set(id, cell);
    addUnit(cell.activity, account);
  }
  return [...cells.values()];
}

function addUnit(activity: Float64Array, { hours, values }: AccountSeries): void {
  let total = 0;
  for (let i = 0; i < hours.length; i++) total += values[i] ?? 0;
  if (!(total > 0)) return;
  for (let i = 0; i < hours.length; i++) {
    const hour = hours[i] ?? 0;
    if (hour < activity.length) {
      activity[hour] = (activity[hour] ?? 0) + Math.sqrt((values[i] ?? 0) / total);
    }
  }
}

function addShifted(sum: Float64Array, activity: Float64Array, shift: DayShift): void {
  for (let day = 0; day < shift.length; day++) {
    const to = shift[day] ?? -1;
    if (to < 0) continue;
    for (let hour = 0; hour < HOURS; hour++) {
      const at = to * HOURS + hour;
      sum[at] = (sum[at] ?? 0) + (activity[day * HOURS + hour] ?? 0);
    }
  }
}
