import { z } from "zod";
import { middleNinety } from "../stats/middle-ninety.ts";
import type { AccountHabits } from "./comparison.ts";
import { standsAbove } from "./drawn-groups.ts";
import { defineDescription, percent } from "./signal.ts";

const DAY = 86_400;

/** New accounts at their limits at once. */
export const ramp = defineDescription({
  id: "ramp",
  title: "New accounts at full volume at once",
  axis: "harvest",
  channel: "time",
  summary:
    "Exchanges in the first 24 hours of accounts that begin soon after sign-up, where most of them never send much more on a later day, against the first 24 hours of other new accounts.",
  references: ["AA26-251A (NSA, CISA, FBI), 2026-09-08: new accounts at their maximum immediately"],
  falsePositives: [
    "a customer that migrates from another provider at once",
    "a workshop or an examination in the first days",
  ],
  blindSpots: [
    "aged accounts",
    "operations that warm up",
    "a provider with few new accounts to compare with",
  ],
  needs: "accounts: created",
  describes: true,
  parameters: z.object({
    new_days: z
      .number()
      .int()
      .min(1)
      .default(7)
      .describe("Days after sign-up in which an account must begin to be new"),
    least_days: z.number().int().min(2).default(3).describe("Days of activity it needs"),
    full_share: z
      .number()
      .min(0.5)
      .max(1)
      .default(0.8)
      .describe("Share of its busiest day that an account without a ramp sends on its first"),
    least_accounts: z.number().int().min(4).default(6).describe("Fewest new accounts"),
  }),
  describe({ members, others }, { new_days, least_days, full_share, least_accounts }) {
    const fresh = ({ created, first, days }: AccountHabits): boolean =>
      created > 0 && first - created <= new_days * DAY && days >= least_days;
    const own = members.filter(fresh);
    const reference = middleNinety(others.filter(fresh).map(({ firstDay }) => firstDay));
    const value = middleNinety(own.map(({ firstDay }) => firstDay)).median;
    const atOnce = own.filter((a) => a.firstDay >= full_share * a.busiestDay).length;
    const told =
      own.length >= least_accounts && 2 * atOnce > own.length && standsAbove(value, reference);
    return {
      value,
      reference,
      sentence: told
        ? `The median of ${own.length} new accounts sends ${value} exchanges in its first 24 hours, and ${atOnce} of them send at least ${percent(full_share)} of their busiest day in these; other new accounts: ${reference.median} (${reference.low} to ${reference.high}). A migration does the same: no evidence.`
        : "",
      examples: [],
      foundGroup: false,
    };
  },
});
