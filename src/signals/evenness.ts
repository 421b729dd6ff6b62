import { z } from "zod";
import {
  type AccountHabits,
  likeInVolume,
  onePerPayer,
  onTheirPlans,
  perDay,
} from "./comparison.ts";
import { drawnGroups, standsBelow } from "./drawn-groups.ts";
import { defineDescription } from "./signal.ts";

/** Volumes more equal than those of independent users: work is dealt to whichever account is free. */
export const evenness = defineDescription({
  id: "evenness",
  title: "Sends too evenly for independent users",
  axis: "coordination",
  channel: "time",
  summary:
    "Spread of the accounts' exchanges a day, as the ratio of the upper to the lower quartile, against groups of as many accounts on the same plans that send about as much.",
  references: ["evidence.md §8", "Anthropic, February 2026: load balanced over accounts"],
  falsePositives: [
    "quotas and free-tier caps (compared on the same plans, where others meet the cap too)",
    "a class that works through one sheet",
    "jobs of one declared company, one an account",
  ],
  blindSpots: [
    "volumes drawn unevenly on purpose",
    "accounts of different ages or roles in one pool",
    "a handful of cards behind many accounts: each payer counts once",
  ],
  needs: "time",
  describes: true,
  parameters: z.object({
    least_accounts: z.number().int().min(4).default(10).describe("Fewest payers to compare"),
    least_exchanges: z
      .number()
      .int()
      .min(1)
      .default(8)
      .describe("Exchanges an account needs before its volume says anything"),
  }),
  describe({ members, others, seed }, { least_accounts, least_exchanges }) {
    const enough = (accounts: readonly AccountHabits[]): readonly AccountHabits[] =>
      onePerPayer(accounts.filter(({ exchanges }) => exchanges >= least_exchanges));
    const own = enough(members);
    const like = likeInVolume(own, enough(onTheirPlans(members, others)));
    const { value, reference, size } = drawnGroups({ members: own, others: like, seed }, spread);
    const told = size >= least_accounts && standsBelow(value, reference);
    return {
      value,
      reference,
      sentence: told
        ? `The middle half of ${size} accounts differ by a factor of ${value.toFixed(2)} in exchanges a day; in groups of as many others on their plans who send about as much it is ${reference.median.toFixed(2)} (${reference.low.toFixed(2)} to ${reference.high.toFixed(2)}). Quotas and one sheet for all do the same: no evidence.`
        : "",
      examples: [],
      foundGroup: false,
    };
  },
});

/** Upper over lower quartile of exchanges a day of activity, at least 1. */
function spread(accounts: readonly AccountHabits[]): number {
  const rates = accounts.map(perDay).toSorted((a, b) => a - b);
  const at = (p: number): number => rates[Math.floor(p * (rates.length - 1))] ?? 1;
  return at(0.75) / Math.max(at(0.25), Number.EPSILON);
}
