import { INTENT } from "../core/key-kind.ts";
import type { SampledExchange } from "./slice.ts";

/** Grades are short by nature; anything else that is taken has some length. */
const SHORT_ANSWERS = INTENT.grading | INTENT.preference;
/** About a sentence: less is a label, a yes or a number. */
const LEAST_ANSWER_TOKENS = 16;
const LEAST_ANSWER_BYTES = 64;

/** True where an answer of substance was taken and nobody went on from it. */
export function captured(
  exchange: Pick<SampledExchange, "built" | "finish" | "intent" | "outputTokens" | "answerBytes">,
): boolean {
  if (exchange.built || exchange.finish === 4) return false;
  if ((exchange.intent & SHORT_ANSWERS) !== 0) return true;
  return exchange.outputTokens >= LEAST_ANSWER_TOKENS || exchange.answerBytes >= LEAST_ANSWER_BYTES;
}
