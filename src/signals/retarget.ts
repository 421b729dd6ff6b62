import { z } from "zod";
import { densestShare } from "../stats/densest-share.ts";
import { type AccountHabits, type FirstUse, onePerPayer } from "./comparison.ts";
import { drawnGroups, standsAbove } from "./drawn-groups.ts";
import { defineDescription, type Description, percent } from "./signal.ts";

const HOUR = 3600;

/** Accounts that had worked with other models and take up a new one together. */
export const retarget = defineDescription({
  id: "retarget",
  title: "Moves to another model together",
  axis: "coordination",
  channel: "time",
  summary:
    "Of the payers that had worked with other models for a day and take up a further one, the share that does so within the same day, against groups of as many others that take up the same model.",
  references: ["AA26-251A (NSA, CISA, FBI), 2026-09-08: retargeting within 24 hours of a release"],
  falsePositives: [
    "release-day enthusiasm (others take it up on the same day)",
    "a retired model, whose users all move at its end",
    "an app that changes its default",
  ],
  blindSpots: [
    "pools that use one model, or a new pool for every model",
    "moves spread over days",
    "models that hardly anybody else takes up: nothing to compare with",
  ],
  needs: "model",
  describes: true,
  parameters: z.object({
    hours: z.number().int().min(1).default(24).describe("Length of a common move"),
    settled_hours: z
      .number()
      .int()
      .min(1)
      .default(24)
      .describe("Hours an account has worked with other models before a first use is a move"),
    least_moves: z.number().int().min(4).default(6).describe("Fewest payers that move"),
    least_share: z
      .number()
      .min(0.1)
      .max(1)
      .default(0.5)
      .describe("Share of the moves in the densest stretch from which it is worth a sentence"),
  }),
  describe({ members, others, seed }, { hours, settled_hours, least_moves, least_share }) {
    const movesTo = (accounts: readonly AccountHabits[], model: string) =>
      onePerPayer(accounts).filter((a) => moveOf(a, model, settled_hours) !== undefined);
    const model = mostMovedTo(members, settled_hours);
    const own = movesTo(members, model);
    const around = movesTo(others, model);
    const time = (a: AccountHabits): number => moveOf(a, model, settled_hours)?.time ?? 0;
    const { value, reference, size } = drawnGroups({ members: own, others: around, seed }, (set) =>
      densestShare(set.map(time), hours * HOUR),
    );
    const told = size >= least_moves && value >= least_share && standsAbove(value, reference);
    const found: Description = { value, reference, sentence: "", examples: [], foundGroup: false };
    if (!told) return found;
    return {
      ...found,
      sentence: `${percent(value)} of ${size} payers that had worked with other models took up ${model} within the same ${hours} hours; of as many others that took it up it is ${percent(reference.median)} (${percent(reference.low)} to ${percent(reference.high)}). A changed default does the same: no evidence.`,
      examples: own.slice(0, 5).flatMap((a) => moveOf(a, model, settled_hours)?.id ?? []),
    };
  },
});

/** The first use of a model by an account that had worked with others. */
function moveOf({ models }: AccountHabits, model: string, settled: number): FirstUse | undefined {
  const began = models[0]?.time ?? 0;
  return models.find((use) => use.model === model && use.time - began >= settled * HOUR);
}

/** The model that most accounts move to, the first by name of several; empty where nobody moves. */
function mostMovedTo(members: readonly AccountHabits[], settled: number): string {
  const moves = new Map<string, number>();
  for (const account of members) {
    for (const { model } of account.models) {
      if (moveOf(account, model, settled) !== undefined) {
        moves.set(model, (moves.get(model) ?? 0) + 1);
      }
    }
  }
  const [most] = [...moves].toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return most?.[0] ?? "";
}
