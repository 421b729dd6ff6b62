import { z } from "zod";
import { middleNinety } from "../stats/middle-ninety.ts";
import { type AccountHabits, perDay } from "./comparison.ts";
import { LEAST_COMPARED, standsAbove } from "./drawn-groups.ts";
import { defineDescription } from "./signal.ts";

/** Usage out of proportion to the plan. */
export const subscription = defineDescription({
  id: "subscription",
  title: "Uses far more than its plan's customers do",
  axis: "harvest",
  channel: "time",
  summary:
    "Exchanges a day of activity as a multiple of what the median established account on the same plan sends, against the other established accounts on those plans.",
  references: ["AA26-251A (NSA, CISA, FBI), 2026-09-08: anomalous ratio of subscription to usage"],
  falsePositives: ["power users on flat plans", "a plan that teams share"],
  blindSpots: [
    "operations within what their plan's customers use",
    "plans with few established accounts (old, verified, paying)",
  ],
  needs: "accounts: plan",
  describes: true,
  parameters: z.object({
    least_multiple: z
      .number()
      .min(1)
      .default(2)
      .describe("Multiple of the plan's median from which it is worth a sentence"),
    least_days: z.number().int().min(1).default(2).describe("Days of activity an account needs"),
  }),
  describe({ members, others }, { least_multiple, least_days }) {
    const enough = ({ days, plan }: AccountHabits): boolean => days >= least_days && plan !== "";
    const usual = usualOf(others.filter((a) => a.established && enough(a)));
    const multiples = (accounts: readonly AccountHabits[]): readonly number[] =>
      accounts.filter(enough).flatMap((a) => {
        const usually = usual.get(a.plan);
        return usually === undefined ? [] : [perDay(a) / usually];
      });
    const own = multiples(members);
    const plans = new Set(members.map(({ plan }) => plan));
    const reference = middleNinety(
      multiples(others.filter((a) => a.established && plans.has(a.plan))),
    );
    const value = middleNinety(own).median;
    return {
      value,
      reference,
      sentence:
        value >= least_multiple && standsAbove(value, reference)
          ? `The median of ${own.length} accounts sends ${value.toFixed(1)} times as much a day as the median established account on its plan; of those, the middle 90 % send ${reference.low.toFixed(1)} to ${reference.high.toFixed(1)} times as much. Power users do the same: no evidence.`
          : "",
      examples: [],
      foundGroup: false,
    };
  },
});

/** By plan: what the median of its accounts sends a day of activity; absent where there are few. */
function usualOf(accounts: readonly AccountHabits[]): ReadonlyMap<string, number> {
  const usual = new Map<string, number>();
  for (const [plan, own] of Map.groupBy(accounts, (account) => account.plan)) {
    if (own.length >= LEAST_COMPARED) usual.set(plan, middleNinety(own.map(perDay)).median);
  }
  return usual;
}
