import { requestOf, responseOf } from "./chat-body.ts";
import { type ExchangeLine, type NoExchange, OTHER_SPANS } from "./dialect.ts";
import { genAi } from "./gen-ai.ts";
import { countOf, firstOf, lookup, parsed, recordOf, textOf } from "./json-record.ts";
import type { Convention, Span } from "./span.ts";

const OWN = "trace.metadata.openrouter.";
/** The one span of a request that holds it whole; the others are the attempts it took. */
const WHOLE = "LLM Generation";

/** OpenRouter's Broadcast: OpenTelemetry's older names, the prompt and the answer each as one JSON text. */
export const openrouter: Convention = {
  title: "OpenRouter Broadcast",
  reads: ({ attributes }) => Object.keys(attributes).some((name) => name.startsWith(OWN)),
  content,
};

function content(span: Span): ExchangeLine | NoExchange {
  const { attributes: a } = span;
  const named = span.name === undefined || span.name === WHOLE;
  if (!named && a["gen_ai.usage.input_tokens"] === undefined) return OTHER_SPANS;
  const general = genAi.content({ ...span, attributes: { "gen_ai.system": "", ...a } });
  if ("aside" in general || "rejected" in general) return general;
  const key = textOf(a[`${OWN}api_key_name`]);
  const answer = parsed(a["gen_ai.completion"]);
  const model = general.model;
  const cost = firstOf(a["gen_ai.usage.total_cost"], a["gen_ai.usage.cost"]);
  return {
    ...general,
    account: textOf(
      firstOf(a["stillwatch.account"], a["user.id"], key, a[`${OWN}creator_user_id`]),
    ),
    credential: textOf(a["stillwatch.credential"]) ?? key,
    platform: "openrouter",
    request: requestOf(a["gen_ai.prompt"], { model, max_tokens: a["gen_ai.request.max_tokens"] }),
    response: responseOf(completionOf(answer), {
      id: textOf(a["gen_ai.response.id"]),
      finish: textOf(a["gen_ai.response.finish_reason"]),
    }),
    usage: {
      ...general.usage,
      cached: countOf(a["gen_ai.usage.input_tokens.cached"]),
      reasoning: countOf(a["gen_ai.usage.output_tokens.reasoning"]),
    },
    billed: typeof cost === "number" && cost >= 0 ? cost : undefined,
  };
}

/** `{"completion": text, "reasoning": text, "tool_calls": …}`, or a body, or text. */
function completionOf(answer: unknown): unknown {
  const text = lookup(answer, "completion");
  if (text === undefined) return answer;
  const { reasoning, tool_calls } = recordOf(answer) ?? {};
  return { role: "assistant", content: text, reasoning_content: reasoning, tool_calls };
}
