import { z } from "zod";
import { INTENT } from "../core/key-kind.ts";
import { betOnShares, THRESHOLD } from "./bet-on-shares.ts";
import { captured } from "./captured.ts";
import { defineSignal } from "./signal.ts";

/** Settings and habits of collecting: long answers at generous limits, several at once, never built upon. */
export const capture = defineSignal({
  id: "capture",
  title: "Collects long answers and never builds on them",
  axis: "harvest",
  channel: "output",
  summary:
    "Share of sampled conversations with a long answer under a generous length limit, several choices, or tool steps without a person, in which nobody goes on from the answer.",
  references: ["AML.T0024.002", "Stanford Alpaca: temperature 1, max_tokens 3072"],
  falsePositives: ["report generators", "translation agencies", "bulk content production"],
  blindSpots: [
    "short outputs such as grades",
    "operators that fake a follow-up turn",
    "logs without answers and usage",
  ],
  needs: "response or usage",
  parameters: z.object({
    threshold: THRESHOLD,
    least_tokens: z
      .number()
      .int()
      .min(1)
      .default(256)
      .describe("Output tokens from which an answer is long"),
    least_steps: z
      .number()
      .int()
      .min(1)
      .default(2)
      .describe(
        "Further exchanges, with nobody speaking, from which a conversation is a trajectory",
      ),
    least_limit_tokens: z
      .number()
      .int()
      .min(1)
      .default(1024)
      .describe("Length limit from which it is generous; no limit given counts as generous"),
  }),
  measure(slice, { threshold, least_tokens, least_limit_tokens, least_steps }) {
    const what = "take a long answer at a generous limit and are left";
    return betOnShares(slice, threshold, what, (x) => {
      if (!captured(x)) return false;
      if (x.choices > 1 || x.finish === 2) return true;
      const generous = x.maxTokens === 0 || x.maxTokens >= least_limit_tokens;
      if (x.steps >= least_steps || (x.intent & INTENT.spoken) === 0) return true;
      return generous && (x.outputTokens >= least_tokens || x.answerBytes >= 4 * least_tokens);
    });
  },
});
