import type { Random } from "./random.ts";
import { DAY, HOUR, type Span } from "./world.ts";

/** When someone is at it: weights of the 24 local hours, the weekend's share of a weekday's traffic, and hours from UTC. */
export interface Rhythm {
  readonly hours: readonly number[];
  readonly weekend: number;
  readonly offset: number;
  /** Share of days on which they are there at all. */
  readonly presence: number;
}

const OFFICE = [0, 0, 0, 0, 0, 0, 1, 3, 8, 11, 11, 9, 6, 9, 10, 10, 8, 6, 3, 2, 2, 1, 1, 0];
const EVENING = [2, 1, 0, 0, 0, 0, 1, 3, 3, 2, 2, 3, 4, 3, 3, 3, 4, 5, 7, 9, 10, 10, 8, 5];
const NIGHT = [8, 7, 5, 3, 1, 0, 0, 0, 1, 2, 2, 3, 3, 3, 4, 4, 4, 4, 5, 5, 6, 7, 8, 9];
const EARLY = [0, 0, 0, 0, 2, 6, 9, 9, 7, 5, 4, 4, 4, 3, 3, 3, 2, 3, 3, 3, 2, 1, 0, 0];

/** Draws a person's rhythm: one of four day shapes, blurred by a tilt of their own. */
export function drawRhythm(random: Random, offset: number): Rhythm {
  const base = random.weighted([
    [OFFICE, 5],
    [EVENING, 4],
    [NIGHT, 1],
    [EARLY, 1],
  ] as const);
  const hours = base.map((weight) => weight * (0.5 + random.next()));
  const weekend = base === OFFICE ? random.pick([0.05, 0.15, 0.4]) : random.pick([0.7, 1, 1.3]);
  return { hours, weekend, offset, presence: random.pick([0.3, 0.5, 0.7, 0.9]) };
}

/** Sorted starts in `span` for someone with `daily` starts on a usual weekday, one local day at a time. */
export function* drawStarts(
  random: Random,
  rhythm: Rhythm,
  daily: number,
  span: Span,
): Generator<number> {
  const shift = rhythm.offset * HOUR;
  const first = Math.floor((span.from + shift) / DAY);
  const last = Math.floor((span.until - 1 + shift) / DAY);
  const sum = rhythm.hours.reduce((a, b) => a + b, 0);
  for (let day = first; day <= last; day++) {
    if (!random.chance(rhythm.presence)) continue;
    const weekday = (day + 4) % 7;
    const factor = weekday === 0 || weekday === 6 ? rhythm.weekend : 1;
    const count = random.poisson((daily * factor) / rhythm.presence);
    const times: number[] = [];
    for (let i = 0; i < count; i++) {
      times.push(Math.floor(day * DAY - shift + drawHour(random, rhythm.hours, sum) * HOUR));
    }
    times.sort((a, b) => a - b);
    for (const time of times) if (time >= span.from && time < span.until) yield time;
  }
}

function drawHour(random: Random, hours: readonly number[], sum: number): number {
  let left = random.next() * sum;
  for (let hour = 0; hour < 24; hour++) {
    left -= hours[hour] as number;
    if (left < 0) return hour + random.next();
  }
  return 23 + random.next();
}
