import { z } from "zod";
import { defineSignal, type Measurement, silence } from "./signal.ts";
import { type SliceAccount, type Standing, tested } from "./slice.ts";

const DAY_HOURS = 24;
const WEEK_HOURS = 168;

/** How often a trait is there, among the accounts of which it can be told. */
interface Tally {
  shown: number;
  of: number;
}

/** Three habits of machines: no quiet stretch in the day, full volume from the first day, use beyond the plan. */
export const pace = defineSignal({
  id: "pace",
  title: "Runs round the clock, at full volume from the start, beyond its plan",
  axis: "harvest",
  channel: "time",
  summary:
    "Accounts without a quiet stretch in the day, at full volume from the first day after sign-up, and with more exchanges a day than established accounts of their plan. Description only: no evidence.",
  references: ["AA26-251A (NSA, CISA, FBI), 2026-09-08"],
  falsePositives: [
    "cron jobs and nightly evaluations",
    "a customer that migrates from another provider",
    "power users on flat plans",
  ],
  blindSpots: [
    "operations that keep shifts, warm up or stay within their plan",
    "accounts of few requests",
  ],
  needs: "time",
  parameters: z.object({
    least_exchanges: z
      .number()
      .int()
      .min(24)
      .default(60)
      .describe("Exchanges an account needs before its hours can be read"),
    quiet_hours: z
      .number()
      .int()
      .min(2)
      .max(8)
      .default(3)
      .describe("Hours in a row, by hour of the day, that everyone with a rhythm is quiet"),
    full_share: z
      .number()
      .min(0.5)
      .max(1)
      .default(0.8)
      .describe("Share of its busiest day that a ramp-less account sends on its first"),
  }),
  measure(slice, { least_exchanges, quiet_hours, full_share }): Measurement {
    const clockless: Tally = { shown: 0, of: 0 };
    const atOnce: Tally = { shown: 0, of: 0 };
    const beyond: Tally = { shown: 0, of: 0 };
    const standing = new Map(slice.accounts.map((a, i) => [a.account, slice.standing?.[i]]));
    let any = 0;
    let several = 0;
    for (const account of tested(slice)) {
      const traits = [
        note(clockless, isClockless(account, least_exchanges, quiet_hours)),
        note(atOnce, isAtOnce(account, standing.get(account.account), full_share)),
        note(beyond, isBeyond(account, standing.get(account.account))),
      ];
      if (traits.every((trait) => trait === undefined)) continue;
      any += 1;
      if (traits.filter((trait) => trait === true).length >= 2) several += 1;
    }
    const reference = { median: 0, low: 0, high: 0, n: 0 };
    const value = any === 0 ? 0 : several / any;
    const described = clockless.shown + atOnce.shown + beyond.shown > 0;
    return {
      ...silence(value, reference),
      describes: true,
      sentence: described
        ? `${said(clockless, "have no quiet stretch in the day")}, ${said(atOnce, "send at full volume from their first day")}, ${said(beyond, "send more a day than 19 of 20 established accounts of their plan")}. Cron jobs, migrations and power users do the same: no evidence.`
        : "",
    };
  },
});

function said({ shown, of }: Tally, what: string): string {
  return `${shown} of ${of} accounts ${what}`;
}

function note(tally: Tally, shown: boolean | undefined): boolean | undefined {
  if (shown === undefined) return undefined;
  tally.of += 1;
  if (shown) tally.shown += 1;
  return shown;
}

/** True where no stretch of the day is quiet over at least three days; undefined where there is too little to tell. */
function isClockless(
  { hours }: SliceAccount,
  leastExchanges: number,
  quietHours: number,
): boolean | undefined {
  const ofDay = Array.from({ length: DAY_HOURS }, () => 0);
  let exchanges = 0;
  for (const [hour, n] of hours) {
    ofDay[hour % DAY_HOURS]! += n;
    exchanges += n;
  }
  if (exchanges < leastExchanges || dailyOf(hours).length < 3) return undefined;
  let quiet = 0;
  for (let h = 0; h < 2 * DAY_HOURS; h++) {
    quiet = ofDay[h % DAY_HOURS] === 0 ? quiet + 1 : 0;
    if (quiet >= quietHours) return false;
  }
  return true;
}

/** True where the first day, within a week of sign-up, is almost the busiest; undefined for old or short-lived accounts. */
function isAtOnce(
  { hours, before }: SliceAccount,
  standing: Standing | undefined,
  fullShare: number,
): boolean | undefined {
  if (standing === undefined || standing.created === 0 || before > 0) return undefined;
  const first = Math.min(...hours.keys());
  if (first - standing.created / 3600 > WEEK_HOURS) return undefined;
  const daily = dailyOf(hours);
  return daily.length < 3 ? undefined : daily[0]! >= fullShare * Math.max(...daily);
}

/** True where the account sends more a day of activity than almost all established ones of its plan. */
function isBeyond({ hours }: SliceAccount, standing: Standing | undefined): boolean | undefined {
  const daily = dailyOf(hours);
  if (standing?.usual === undefined || daily.length < 3) return undefined;
  return daily.reduce((sum, n) => sum + n, 0) / daily.length > standing.usual;
}

/** Exchanges of the days with any, in order, days counted from the first hour. */
function dailyOf(hours: ReadonlyMap<number, number>): readonly number[] {
  const first = Math.min(...hours.keys());
  const days = new Map<number, number>();
  for (const [hour, n] of hours) {
    const day = Math.floor((hour - first) / DAY_HOURS);
    days.set(day, (days.get(day) ?? 0) + n);
  }
  return [...days].toSorted((a, b) => a[0] - b[0]).map(([, n]) => n);
}
