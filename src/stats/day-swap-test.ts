import { clipBits } from "./clip-bits.ts";
import { random, type Random } from "./random.ts";

const HOURS = 24;
/** One day in so many may be an event that all parties answer to; it is left out. */
const DAYS_AN_EVENT = 14;

/** Parties' activity, and how hard to look. */
export interface DaySwapInput {
  /** By party: exchanges by whole UTC hour (hours since 1970). */
  readonly parties: readonly ReadonlyMap<number, number>[];
  readonly seed: number;
  /** B: random arrangements; the evidence is at most log₂(B + 1) bits. */
  readonly draws?: number;
  /** κ, fixed beforehand: how steeply the statistic turns into evidence. */
  readonly kappa?: number;
}

/** What the test found. */
export interface DaySwap {
  readonly bits: number;
  /** T₀ standardized among T₀ … T_B: how far the parties' synchrony lies from chance. */
  readonly z: number;
  /** Parties with days that can be swapped. */
  readonly parties: number;
  /** Days on which at least two parties are compared. */
  readonly days: number;
}

/**
 * Evidence, in bits, that parties keep the same hours day by day, beyond the hours of the week that each of them keeps
 * anyway and beyond the days on which all are there. What a party does on a day is the share of its exchanges by hour,
 * y_adh; T = Σ_d Σ_h (Σ_a y_adh)² is, up to a constant, how much different parties' days overlap. Every draw deals each party's
 * own Mondays anew among its Mondays, and so on: each party's hours, dates and weekly rhythm, and who is there on a date,
 * are the same in every arrangement. Common hours, common days and common weekly jobs are no evidence; only hours that
 * change from date to date, for all together, are.
 * Left out: every party's first and last day, which arrivals, departures and the window's ends cut short for many at once;
 * and one date in fourteen (one at least), those that speak loudest, so that a single event is no evidence either. Leaving
 * out what is loudest only lowers T₀.
 * Formula: E = e^{κ z₀}/mean_{b=0..B} e^{κ z_b}, z = T standardized by the mean and deviation of all B + 1 values (symmetric,
 * so still exact): expectation at most 1 where a party's Mondays are as likely in any order. bits ≤ log₂(B + 1).
 * Source: evidence.md §8; Ramdas, Barber, Candès & Tibshirani 2023 (permutation e-values). O(B · parties' active hours).
 */
export function daySwapTest(input: DaySwapInput): DaySwap {
  const { draws = 1023, kappa = 2, seed } = input;
  const kept = withoutEvents(input.parties.flatMap((hours, party) => innerDays(hours, party)));
  const slots = slotsOf(kept);
  const movable = new Set(slots.filter(({ length }) => length > 1).map((own) => own[0]?.party));
  const days = [...byDate(kept).values()].filter((there) => there.length > 1).length;
  if (movable.size < 2) return { bits: 0, z: 0, parties: movable.size, days };
  const statistics = drawn(slots, draws, random(seed));
  return { ...evidenceOf(statistics, kappa), parties: movable.size, days };
}

/** T of the days as they were, then of `draws` random deals. Everything in flat arrays: this is where the time goes. */
function drawn(slots: readonly (readonly PartyDay[])[], draws: number, next: Random): Float64Array {
  const days = slots.flat();
  const index = new Map([...byDate(days).keys()].map((date, i) => [date, i * HOURS]));
  const starts = Int32Array.from(days, ({ date }) => index.get(date) ?? 0);
  const bounds = new Int32Array(days.length + 1);
  for (const [i, { hours }] of days.entries()) bounds[i + 1] = bounds[i]! + hours.length;
  const hours = Uint8Array.from(days.flatMap((day) => day.hours));
  const shares = Float64Array.from(days.flatMap((day) => day.shares));
  const dealt = Int32Array.from(days, (_, i) => i);
  const sum = new Float64Array(index.size * HOURS);
  const statistics = new Float64Array(draws + 1);
  for (let b = 0; b <= draws; b++) {
    let from = 0;
    for (const { length } of slots) {
      if (b > 0 && length > 1) shuffle(dealt, from, from + length, next);
      from += length;
    }
    sum.fill(0);
    for (let i = 0; i < dealt.length; i++) {
      const day = dealt[i]!;
      const start = starts[i]!;
      const end = bounds[day + 1]!;
      for (let j = bounds[day]!; j < end; j++) sum[start + hours[j]!]! += shares[j]!;
    }
    statistics[b] = squares(sum);
  }
  return statistics;
}

/** Puts the entries of [from, to) in random order. */
function shuffle(order: Int32Array, from: number, to: number, next: Random): void {
  for (let i = to - 1; i > from; i--) {
    const other = from + Math.floor(next() * (i - from + 1));
    const kept = order[i]!;
    order[i] = order[other]!;
    order[other] = kept;
  }
}

/** What a party did on one date. */
interface PartyDay {
  readonly party: number;
  /** Days since 1970. */
  readonly date: number;
  /** Active hours (0 to 23) and the share of the day's exchanges in each. */
  readonly hours: readonly number[];
  readonly shares: readonly number[];
}

function innerDays(hours: ReadonlyMap<number, number>, party: number): PartyDay[] {
  const days = Map.groupBy(hours, ([hour]) => Math.floor(hour / HOURS));
  return [...days]
    .toSorted(([a], [b]) => a - b)
    .slice(1, -1)
    .map(([date, active]) => {
      const total = active.reduce((sum, [, count]) => sum + count, 0);
      return {
        party,
        date,
        hours: active.map(([hour]) => hour - date * HOURS),
        shares: active.map(([, count]) => count / total),
      };
    });
}

/** Leaves out the dates on which parties coincide most beyond their own profiles. */
function withoutEvents(days: readonly PartyDay[]): PartyDay[] {
  const profiles = new Map<PartyDay, Float64Array>();
  for (const own of slotsOf(days)) {
    const profile = new Float64Array(HOURS);
    for (const day of own) addShares(profile, day, 1 / own.length);
    for (const day of own) profiles.set(day, profile);
  }
  const excess = [...byDate(days)]
    .filter(([, there]) => there.length > 1)
    .map(([date, there]) => ({ date, excess: excessOf(there, profiles) }))
    .toSorted((a, b) => b.excess - a.excess);
  const events = new Set(
    excess.slice(0, Math.ceil(excess.length / DAYS_AN_EVENT)).map(({ date }) => date),
  );
  return days.filter(({ date }) => !events.has(date));
}

/** How much more the parties there overlap than their profiles do, over pairs. */
function excessOf(
  there: readonly PartyDay[],
  profiles: ReadonlyMap<PartyDay, Float64Array>,
): number {
  const seen = new Float64Array(HOURS);
  const expected = new Float64Array(HOURS);
  let excess = 0;
  for (const day of there) {
    addShares(seen, day, 1);
    const profile = profiles.get(day) ?? expected;
    for (let hour = 0; hour < HOURS; hour++) expected[hour]! += profile[hour]!;
    excess += squares(profile) - squares(day.shares);
  }
  return excess + squares(seen) - squares(expected);
}

/** What may be dealt anew: each party's days of one weekday. */
function slotsOf(days: readonly PartyDay[]): PartyDay[][] {
  return [...Map.groupBy(days, ({ party, date }) => party * 7 + (date % 7)).values()];
}

function byDate(days: readonly PartyDay[]): Map<number, PartyDay[]> {
  return Map.groupBy(days, ({ date }) => date);
}

function addShares(sum: Float64Array, { hours, shares }: PartyDay, weight: number): void {
  for (const [i, hour] of hours.entries()) sum[hour]! += weight * shares[i]!;
}

function squares(values: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i]! * values[i]!;
  return total;
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
