import { z } from "zod";
import { dayShifts } from "../stats/day-shifts.ts";
import { shiftTest } from "../stats/shift-test.ts";
import { defineSignal, silence } from "./signal.ts";
import { byPayer, type SliceAccount, tested } from "./slice.ts";

const HOURS = 24;
const MOST_PAYERS = 256;

/** Common start, stop and pause beyond the daily and weekly rhythm. */
export const lockstep = defineSignal({
  id: "lockstep",
  title: "Active in the same particular hours",
  axis: "coordination",
  channel: "time",
  summary:
    "Overlap of the accounts' active hours, everyone's rhythm divided out, against the same accounts shifted by random whole weeks or days.",
  references: [
    "evidence.md §8",
    "SynchroTrap, CCS 2014",
    "Anthropic, February 2026: synchronized traffic",
  ],
  falsePositives: [
    "classes and shifts (so its bits are capped)",
    "outages, releases (divided out by everyone's rate)",
    "work through a holiday that nearly everybody else keeps",
  ],
  blindSpots: [
    "windows under a week",
    "jitter of days",
    "people's hours imitated account by account",
  ],
  needs: "time",
  parameters: z.object({
    cap_bits: z
      .number()
      .default(6)
      .describe("Most bits: common causes move hours too, so this never decides alone"),
    least_days: z.number().int().default(7).describe("Fewest whole days of activity for a test"),
    draws: z.number().int().default(255).describe("Random shifts"),
  }),
  measure(slice, { cap_bits, least_days, draws }) {
    const reference = { median: 0, low: -2, high: 2, n: draws };
    const payers = byPayer(tested(slice)).slice(0, MOST_PAYERS);
    const { first, days } = windowOf(payers.flat());
    if (payers.length < 4 || days < least_days) return silence(0, reference);
    const result = shiftTest({
      series: payers.map((own) => seriesOf(own, first, days, slice.surroundings.hours)),
      days,
      shiftSets: [dayShifts(days, { firstWeekday: new Date(first * 3_600_000).getUTCDay() })],
      seed: slice.seed,
      draws,
    });
    return {
      bits: Math.min(cap_bits, result.bits),
      value: result.z,
      reference,
      sentence: `The active hours of ${result.accounts} accounts or payers coincide ${result.z.toFixed(1)} standard deviations more than the same accounts shifted by whole days or weeks.`,
      examples: [],
      foundGroup: false,
    };
  },
});

/** First hour (a midnight, hours since 1970) and whole days spanned. */
function windowOf(accounts: readonly SliceAccount[]): { first: number; days: number } {
  let least = Infinity;
  let most = -Infinity;
  for (const account of accounts) {
    for (const hour of account.hours.keys()) {
      least = Math.min(least, hour);
      most = Math.max(most, hour);
    }
  }
  if (least > most) return { first: 0, days: 0 };
  const first = Math.floor(least / HOURS) * HOURS;
  return { first, days: Math.floor((most - first) / HOURS) + 1 };
}

function seriesOf(
  accounts: readonly SliceAccount[],
  first: number,
  days: number,
  everyone: ReadonlyMap<number, number>,
): { hours: number[]; values: number[] } {
  const hours: number[] = [];
  const values: number[] = [];
  const active = new Map<number, number>();
  for (const account of accounts) {
    for (const [hour, count] of account.hours) active.set(hour, (active.get(hour) ?? 0) + count);
  }
  for (const [hour, count] of active) {
    if (hour < first || hour >= first + days * HOURS) continue;
    hours.push(hour - first);
    values.push(count / Math.max(1, everyone.get(hour) ?? 0));
  }
  return { hours, values };
}
