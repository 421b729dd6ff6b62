import { z } from "zod";
import { daySwapTest } from "../stats/day-swap-test.ts";
import { defineSignal, silence } from "./signal.ts";
import { byPayer, type SliceAccount, tested } from "./slice.ts";

const MOST_PAYERS = 256;

/** Common start, stop and pause that change from day to day, beyond the weekly rhythm and beyond common days. */
export const lockstep = defineSignal({
  id: "lockstep",
  title: "Active in the same particular hours",
  axis: "coordination",
  channel: "time",
  summary:
    "Overlap of the payers' hours day by day, against the same payers with their own Mondays dealt anew among their Mondays, and so on; single events left out.",
  references: [
    "evidence.md §8",
    "SynchroTrap, CCS 2014",
    "Anthropic, February 2026: synchronized traffic",
  ],
  falsePositives: [
    "whatever calls independent parties at other hours every day: an app's notifications, builds of one shared project (so its bits are capped)",
  ],
  blindSpots: [
    "windows under two weeks; it takes four to say much",
    "the same hours every day or every week",
    "a common start, ban or day of work",
    "people's hours imitated account by account",
  ],
  needs: "time",
  parameters: z.object({
    cap_bits: z
      .number()
      .default(6)
      .describe("Most bits: common causes may move hours every day, so this never decides alone"),
    least_days: z
      .number()
      .int()
      .default(11)
      .describe("Fewest dates on which payers are compared, for a test; two weeks have 11"),
    draws: z.number().int().default(255).describe("Random arrangements"),
  }),
  measure(slice, { cap_bits, least_days, draws }) {
    const reference = { median: 0, low: -2, high: 2, n: draws };
    const payers = byPayer(tested(slice)).slice(0, MOST_PAYERS);
    if (payers.length < 4) return silence(0, reference);
    const { unusualDays } = slice.surroundings;
    const parties = payers.map((accounts) => hoursOf(accounts, unusualDays));
    const result = daySwapTest({ parties, seed: slice.seed, draws });
    if (result.days < least_days || result.parties < 2) return silence(0, reference);
    return {
      bits: Math.min(cap_bits, result.bits),
      value: result.z,
      reference,
      sentence: `On ${result.days} days the active hours of ${result.parties} accounts or payers coincide ${result.z.toFixed(1)} standard deviations more than with each one's days swapped for the same weekday of other weeks.`,
      examples: [],
      foundGroup: false,
    };
  },
});

/** A payer's exchanges by hour since 1970; none of known outages and holidays, when all pause and return together. */
function hoursOf(
  accounts: readonly SliceAccount[],
  unusualDays: ReadonlySet<number> = new Set(),
): Map<number, number> {
  const hours = new Map<number, number>();
  for (const account of accounts) {
    for (const [hour, count] of account.hours)
      if (!unusualDays.has(Math.floor(hour / 24))) hours.set(hour, (hours.get(hour) ?? 0) + count);
  }
  return hours;
}
