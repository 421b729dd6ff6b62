import { z } from "zod";
import { middleNinety } from "../stats/middle-ninety.ts";
import { type AccountHabits, likeInVolume } from "./comparison.ts";
import { standsAbove } from "./drawn-groups.ts";
import { defineDescription, percent } from "./signal.ts";

const DAY_HOURS = 24;

/** No human rhythm: as much work in the quietest hours of the day as at any time. */
export const clockless = defineDescription({
  id: "clockless",
  title: "Works round the clock",
  axis: "harvest",
  channel: "time",
  summary:
    "Share of an account's exchanges that fall into its own quietest hours of the day, against other accounts that send about as much: next to nothing for whoever sleeps, a quarter for a machine.",
  references: [
    "AA26-251A (NSA, CISA, FBI), 2026-09-08: use round the clock without human variation",
  ],
  falsePositives: [
    "cron jobs and nightly evaluations",
    "a product whose customers live in all time zones",
  ],
  blindSpots: ["operations that keep shifts or imitate a day", "accounts of few requests"],
  needs: "time",
  describes: true,
  parameters: z.object({
    least_exchanges: z
      .number()
      .int()
      .min(24)
      .default(60)
      .describe("Exchanges an account needs before its hours can be read"),
    least_days: z.number().int().min(2).default(3).describe("Days of activity it needs for that"),
    quiet_hours: z
      .number()
      .int()
      .min(2)
      .max(12)
      .default(6)
      .describe("Length of the quietest stretch, in hours of the day"),
  }),
  describe({ members, others }, { least_exchanges, least_days, quiet_hours }) {
    const readable = ({ exchanges, days }: AccountHabits): boolean =>
      exchanges >= least_exchanges && days >= least_days;
    const own = members.filter(readable);
    const shares = own.map((a) => quietShare(a.byHour, quiet_hours));
    const like = likeInVolume(own, others).filter(readable);
    const reference = middleNinety(like.map((a) => quietShare(a.byHour, quiet_hours)));
    const value = middleNinety(shares).median;
    return {
      value,
      reference,
      sentence: standsAbove(value, reference)
        ? `The median of ${own.length} accounts sends ${percent(value)} of its exchanges in its quietest ${quiet_hours} hours of the day; others who send about as much: ${percent(reference.median)} (${percent(reference.low)} to ${percent(reference.high)}). Cron jobs do the same: no evidence.`
        : "",
      examples: [],
      foundGroup: false,
    };
  },
});

/** The least share of exchanges in any stretch of so many hours of the day, midnight passed. */
function quietShare(byHour: readonly number[], hours: number): number {
  const all = byHour.reduce((sum, n) => sum + n, 0);
  let least = all;
  for (let from = 0; from < DAY_HOURS; from++) {
    let sum = 0;
    for (let h = 0; h < hours; h++) sum += byHour[(from + h) % DAY_HOURS] ?? 0;
    least = Math.min(least, sum);
  }
  return all === 0 ? 0 : least / all;
}
