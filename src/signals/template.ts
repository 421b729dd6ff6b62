import { z } from "zod";
import { betOnShares, THRESHOLD } from "./bet-on-shares.ts";
import { captured } from "./captured.ts";
import { defineSignal } from "./signal.ts";

/** One skeleton, a list in it, and answers of substance taken once each. */
export const template = defineSignal({
  id: "template",
  title: "Works through a list in one skeleton",
  axis: "harvest",
  channel: "content",
  summary:
    "Share of sampled conversations whose prompt is a skeleton shared with other parties round a part that is new each time or after an earlier answer brought along, with an answer of substance that nobody goes on from.",
  references: [
    "Anthropic, February 2026: highly repetitive structure, variations arriving tens of thousands of times",
  ],
  falsePositives: [
    "batch generation by a declared company",
    "an app that writes its users' prompts",
    "an app that asks the same about every conversation it has kept",
  ],
  blindSpots: [
    "unique tasks without a shared skeleton",
    "classification-like harvests with answers of a few words",
  ],
  needs: "request",
  parameters: z.object({
    threshold: THRESHOLD,
    least_own_tokens: z
      .number()
      .int()
      .min(1)
      .default(3)
      .describe(
        "Words a prompt must have of its own beside the skeleton, where it brings no earlier answer",
      ),
  }),
  measure(slice, { threshold, least_own_tokens }) {
    const what = "fill one skeleton with a new item, take the answer and leave";
    return betOnShares(slice, threshold, what, (x) => {
      if (!x.skeleton || !captured(x)) return false;
      // The sampled conversations are new to their accounts: what stands before the first prompt is its item.
      if (x.presents) return true;
      let own = 0;
      for (const token of x.tokens) own += 1 - (slice.mask[token] ?? 0);
      return own >= least_own_tokens;
    });
  },
});
