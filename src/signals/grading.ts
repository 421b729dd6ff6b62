import { z } from "zod";
import { INTENT } from "../core/key-kind.ts";
import { accountShares } from "./account-shares.ts";
import { captured } from "./captured.ts";
import { defineSignal, type Measurement, percent, silence } from "./signal.ts";

/** The model as judge or reward model: grades and preferences, taken and left. */
export const grading = defineSignal({
  id: "grading",
  title: "Uses the model as a judge",
  axis: "harvest",
  channel: "content",
  summary:
    "Share of sampled conversations that ask for a rubric grade or a preference between answers, and in which nobody goes on. Description only: `elicitation` counts the same requests as evidence.",
  references: ["Anthropic, February 2026: rubric grading, the model as a reward model"],
  falsePositives: ["evaluation teams that grade", "teachers who grade essays"],
  blindSpots: ["grades asked for without the word, such as a bare number", "other languages"],
  needs: "request",
  describes: true,
  parameters: z.object({
    least_share: z
      .number()
      .min(0.01)
      .max(1)
      .default(0.1)
      .describe("Share of the conversations from which it is worth a sentence"),
  }),
  measure(slice, { least_share }): Measurement {
    const asks = INTENT.grading | INTENT.preference;
    const { shares, mean, examples } = accountShares(
      slice,
      (x) => (x.intent & asks) !== 0 && captured(x),
    );
    const reference = { median: 0, low: 0, high: 0, n: 0 };
    const worth = shares.length >= 2 && mean >= least_share;
    return {
      ...silence(mean, reference),
      examples: worth ? examples : [],
      sentence: worth
        ? `${percent(mean)} of the sampled conversations of ${shares.length} accounts ask for grades or preferences; what that is worth as evidence is in the finding on elicitation.`
        : "",
    };
  },
});
