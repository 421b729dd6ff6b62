import type { OperationPlan } from "./operation-plan.ts";
import type { PoolAccount } from "./pool.ts";
import type { Random } from "./random.ts";
import { drawRhythm, type Rhythm } from "./rhythm.ts";
import { makeTopics } from "./work/item.ts";
import type { Topic } from "./work/work.ts";
import { DAY, HOUR, type Span } from "./world.ts";

/** An account at work. */
export interface Seat {
  readonly account: PoolAccount;
  /** Its share of the work, 1 on average. */
  readonly weight: number;
  readonly from: number;
  readonly until: number;
  /** When the provider suspends it, where it does. */
  readonly suspended?: number;
  /** Whether this provider sees it. */
  readonly seen: boolean;
  readonly topic: Topic;
  /** Asks for a released model from this time on. */
  readonly pivots: number;
  readonly rhythm: Rhythm;
  /** How far its shifts lie from the operation's, in milliseconds. */
  readonly shift: number;
  readonly salt: number;
  /** Jobs so far. */
  load: number;
}

/** An operation's accounts at work, and who takes the next job. */
export interface Crew {
  readonly seats: readonly Seat[];
  /** Draws to be made for one job in the mean where every account works at its mean rate. */
  readonly draws: number;
  /** Whoever takes a job at `time`; nobody where the account drawn is away. */
  readonly choose: (random: Random, time: number) => Seat | undefined;
  /** Another account at work that speaks the same dialect, or the same one where none is at hand. */
  readonly mate: (random: Random, seat: Seat, time: number) => Seat;
}

/** Of the accounts of a wary operation, those suspended, and when in its window. */
const SUSPENDED = { share: 0.15, at: 0.6 };
/** A home's busiest hour against its mean, and the same of the operation's clock. */
const PEAK = { human: 5.5, shifts: 2, flat: 1 };
/** At full jitter, the share of days that an account takes off. */
const DAYS_OFF = 0.3;
/** Accounts compared when the load is balanced. */
const COMPARED = 6;

/** Seats each pool for its window: `pools` in order of service. */
export function makeCrew(
  random: Random,
  plan: OperationPlan,
  pools: readonly (readonly [readonly PoolAccount[], Span])[],
): Crew {
  const size = pools.reduce((sum, [pool]) => sum + pool.length, 0);
  const topics = makeTopics(random, size);
  const seats = pools.flatMap(([pool, active]) =>
    pool.map((account, index) => seat(random, plan, account, index / pool.length, active, topics)),
  );
  const human = plan.dials.humanHours;
  const peak = human ? PEAK.human : PEAK[plan.clock ?? "flat"];
  const off = DAYS_OFF * plan.dials.jitter;
  const presence = (given: Seat, time: number): number => {
    if (time < given.from || time >= given.until) return 0;
    if (off > 0 && mixed(given.salt, Math.floor(time / DAY)) < off) return 0;
    if (human) return hourly(given.rhythm, time) / peak;
    return plan.clock === "shifts" ? shifts(time - given.shift) : 1;
  };
  const draw = sampler(seats);
  const choose = (source: Random, time: number): Seat | undefined => {
    let best = draw(source);
    const p = presence(best, time);
    if (p === 0 || (p < 1 && !source.chance(p))) return undefined;
    if (plan.dials.uneven === 0) {
      for (let i = 1; i < COMPARED; i++) {
        const other = draw(source);
        if (pace(other, time) < pace(best, time) && presence(other, time) > 0.2 * p) best = other;
      }
    }
    best.load++;
    return best;
  };
  const mate = (source: Random, own: Seat, time: number): Seat => {
    for (let i = 0; i < 12; i++) {
      const other = draw(source);
      if (other.account.caller.dialect === own.account.caller.dialect && presence(other, time) > 0)
        return other;
    }
    return own;
  };
  return { seats, draws: peak / (1 - off), choose, mate };
}

function seat(
  random: Random,
  plan: OperationPlan,
  account: PoolAccount,
  rank: number,
  active: Span,
  topics: readonly Topic[],
): Seat {
  const { dials, ramp, release } = plan;
  const length = active.until - active.from;
  const begin = active.from + 0.35 * dials.jitter * random.next() * length;
  const end = active.until - 0.25 * dials.jitter * random.next() * length;
  const noticed = active.from + SUSPENDED.at * length;
  const suspended = dials.wary && random.chance(SUSPENDED.share);
  const leaves = noticed + (suspended ? 0 : random.exponential(5 * HOUR));
  const weight = random.lognormal(1, dials.uneven) / Math.exp(dials.uneven ** 2 / 2);
  return {
    account,
    weight: dials.uneven === 0 ? 1 : Math.min(30, weight),
    from: ramp !== undefined && rank >= ramp.share ? Math.max(begin, ramp.at) : begin,
    until: dials.wary ? Math.min(end, leaves) : end,
    ...(suspended ? { suspended: noticed } : {}),
    seen: random.chance(dials.view),
    topic: random.pick(topics),
    pivots:
      release !== undefined && random.chance(0.48)
        ? release.at + random.next() * DAY
        : Number.POSITIVE_INFINITY,
    rhythm: perMean(drawRhythm(random, account.home.offset)),
    shift: dials.jitter * (random.next() - 0.5) * 6 * HOUR,
    salt: random.whole(0, 0x7fffffff),
    load: 0,
  };
}

/** Jobs a day of service; a newcomer counts as having served a day. */
function pace(given: Seat, time: number): number {
  return given.load / (time - given.from + DAY);
}

/** Draws seats by weight, in O(log n). */
function sampler(seats: readonly Seat[]): (random: Random) => Seat {
  const sums = new Float64Array(seats.length);
  let total = 0;
  seats.forEach(({ weight }, i) => (sums[i] = total += weight));
  return (random) => {
    const target = random.next() * total;
    let low = 0;
    let high = seats.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sums[middle] as number) > target) high = middle;
      else low = middle + 1;
    }
    return seats[low] as Seat;
  };
}

/** Someone's activity at `time` against their own mean over the week. */
function hourly({ hours, weekend, offset }: Rhythm, time: number): number {
  const local = time + offset * HOUR;
  const weekday = (Math.floor(local / DAY) + 4) % 7;
  const day = weekday === 0 || weekday === 6 ? weekend : 1;
  return (hours[Math.floor((local % DAY) / HOUR)] ?? 0) * day;
}

/** A rhythm whose hours are shares of its own mean over the week. */
function perMean(rhythm: Rhythm): Rhythm {
  const mean = rhythm.hours.reduce((a, b) => a + b, 0) / 24;
  const week = (5 + 2 * rhythm.weekend) / 7;
  return { ...rhythm, hours: rhythm.hours.map((weight) => weight / mean / week) };
}

/** Two shifts from nine to ten at night at UTC+8, an hour's pause between them. */
function shifts(time: number): number {
  const hour = ((time + 8 * HOUR) % DAY) / HOUR;
  return hour >= 9 && hour < 22 && !(hour >= 14 && hour < 15) ? 1 : 0;
}

/** A number in [0, 1) that depends on the seat and the day only. */
function mixed(salt: number, day: number): number {
  let h = Math.imul(salt ^ Math.imul(day + 1, 0x9e3779b1), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 15), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) / 4294967296;
}
