import { z } from "zod";
import { INTENT } from "../core/key-kind.ts";
import { betOnShares, THRESHOLD } from "./bet-on-shares.ts";
import { captured } from "./captured.ts";
import { defineSignal } from "./signal.ts";

/** Intents of which each asks for something a student model learns from. */
export const ASKS =
  INTENT.reasoning |
  INTENT.coercion |
  INTENT.grading |
  INTENT.preference |
  INTENT.generation |
  INTENT.wrapper;

/** Requests that ask for what a student model learns from: reasoning, grades, preferences, made-up tasks. */
export const elicitation = defineSignal({
  id: "elicitation",
  title: "Asks for reasoning, grades or training tasks, and takes the answer",
  axis: "harvest",
  channel: "content",
  summary:
    "Share of sampled conversations that ask for reasoning traces, rubric grades, preferences or generated tasks, and in which nobody goes on from the answer.",
  references: [
    "AML.T0024.002",
    "Anthropic, February 2026: rubric grading and reasoning behind a completed response",
  ],
  falsePositives: ["teaching and debugging", "evaluation teams that grade", "benchmark harnesses"],
  blindSpots: [
    "harvests that take plain answers",
    "wording outside the compiled patterns' languages",
  ],
  needs: "request",
  parameters: z.object({
    threshold: THRESHOLD,
  }),
  measure: (slice, { threshold }) =>
    betOnShares(
      slice,
      threshold,
      "ask for reasoning, grades or training tasks and are left after the answer",
      (x) => (x.intent & ASKS) !== 0 && captured(x),
    ),
});
