import type { Random } from "../../src/stats/random.ts";
import { normal, pareto } from "./draws.ts";

/** Parties that know nothing of each other, and what may move all of them together. Hours are UTC. */
export interface CustomerWorld {
  readonly parties: number;
  readonly days: number;
  /** First hour of everyone's working day, and its length; round the clock where absent. */
  readonly from?: number;
  readonly hours?: number;
  /** Traffic of a weekend day of their own time zone, against a working day's. */
  readonly weekend?: number;
  /** Exchanges of a job that everyone runs at three every night. */
  readonly nightly?: number;
  /** Days of the week on which all are there and five times as busy. */
  readonly rush?: readonly number[];
  /** Exchanges of everyone's in one hour of every Wednesday. */
  readonly weekly?: number;
  /** Days a fortnight on which all send ten exchanges in one hour, drawn for that day. */
  readonly calls?: number;
  /** Hours of the first and the last day in which nobody is seen. */
  readonly cut?: number;
  /** Each party's exchanges in one burst. */
  readonly burst?: boolean;
}

/** A Monday. */
const FIRST_DAY = 19_999 - (19_999 % 7) + 4;

/** Draws each party's exchanges by hour since 1970. */
export function customers(next: Random, world: CustomerWorld): Map<number, number>[] {
  const calls = drawCalls(next, world);
  return Array.from({ length: world.parties }, () => {
    const counts = new Map<number, number>();
    const add = (hour: number, count: number): void => {
      const within = hour - FIRST_DAY * 24;
      const cut = world.cut ?? 0;
      if (count > 0 && within >= cut && within < world.days * 24 - cut)
        counts.set(hour, (counts.get(hour) ?? 0) + count);
    };
    if (world.burst === true) addBurst(next, world, add);
    else addDays(next, world, add);
    for (const hour of calls) add(hour, 10);
    return counts;
  });
}

type Add = (hour: number, count: number) => void;

function addBurst(next: Random, { days }: CustomerWorld, add: Add): void {
  const start = (FIRST_DAY + Math.floor(next() * days)) * 24;
  for (let i = 0; i < 3 * pareto(next, 1.2) && i < 200; i++)
    add(start + Math.floor(Math.abs(normal(next)) * 30), 1);
}

function addDays(next: Random, world: CustomerWorld, add: Add): void {
  const { from = 0, hours = 24, weekend = 1, nightly = 0, weekly = 0, rush = [] } = world;
  const daily = Math.min(60, 2 * pareto(next, 1.2));
  const presence = 0.3 + 0.6 * next();
  for (let day = 0; day < world.days; day++) {
    const start = (FIRST_DAY + day) * 24;
    add(start + 3, nightly);
    if (day % 7 === 2) add(start + 14, weekly);
    const busy = rush.includes(day % 7);
    if (!busy && next() > presence) continue;
    const mean = daily * (day % 7 >= 5 ? weekend : 1) * (busy ? 5 : 1);
    const count = Math.floor(mean) + Number(next() < mean % 1);
    for (let i = 0; i < count; i++) add(start + from + Math.floor(next() * hours), 1);
  }
}

function drawCalls(next: Random, { days, calls = 0 }: CustomerWorld): number[] {
  return Array.from({ length: Math.floor(days / 14) * calls }, (_, i) => {
    const day = 14 * Math.floor(i / calls) + 2 + 5 * (i % calls);
    return (FIRST_DAY + day) * 24 + Math.floor(next() * 24);
  });
}
