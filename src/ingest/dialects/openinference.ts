import { requestOf, responseOf } from "./chat-body.ts";
import { EMBEDDINGS, type ExchangeLine, type NoExchange, OTHER_SPANS } from "./dialect.ts";
import {
  countOf,
  firstOf,
  type JsonRecord,
  listOf,
  lookup,
  parsed,
  recordOf,
  textOf,
} from "./json-record.ts";
import { type Convention, type Span, spreadList } from "./span.ts";

const KIND = "openinference.span.kind";

/** OpenInference's attributes, as Phoenix and Arize's instrumentation writes them. */
export const openinference: Convention = {
  title: "OpenInference",
  reads: ({ attributes }) => attributes[KIND] !== undefined,
  content,
};

function content({ attributes: a }: Span): ExchangeLine | NoExchange {
  if (a[KIND] === "EMBEDDING") return EMBEDDINGS;
  if (a[KIND] !== "LLM") return OTHER_SPANS;
  const model = textOf(firstOf(a["llm.request.model_name"], a["llm.model_name"]));
  const settings = recordOf(parsed(a["llm.invocation_parameters"]));
  const asked = spreadList(a, "llm.input_messages").map(messageOf);
  const answered = spreadList(a, "llm.output_messages").map(messageOf);
  const tools = spreadList(a, "llm.tools").map((tool) => parsed(lookup(tool, "tool.json_schema")));
  return {
    model,
    request: requestOf(asked.length > 0 ? asked : a["input.value"], {
      model,
      ...settings,
      ...(tools.length === 0 ? {} : { tools }),
    }),
    response: responseOf(answered.length > 0 ? answered : a["output.value"], {
      finish: textOf(a["llm.finish_reason"]),
    }),
    usage: {
      input: countOf(a["llm.token_count.prompt"]),
      cached: countOf(a["llm.token_count.prompt_details.cache_read"]),
      output: countOf(a["llm.token_count.completion"]),
      reasoning: countOf(a["llm.token_count.completion_details.reasoning"]),
    },
  };
}

/** A message whose fields all begin with `message.`, as names with dots or nested. */
function messageOf(value: unknown): JsonRecord {
  const calls = listOf(lookup(value, "message.tool_calls")).map(callOf);
  const parts = listOf(lookup(value, "message.contents")).map(partOf);
  return {
    role: lookup(value, "message.role"),
    content: parts.length > 0 ? parts : lookup(value, "message.content"),
    tool_call_id: lookup(value, "message.tool_call_id"),
    ...(calls.length === 0 ? {} : { tool_calls: calls }),
  };
}

function callOf(value: unknown): JsonRecord {
  const call = (name: string) => lookup(value, `tool_call.${name}`);
  const named = { name: call("function.name"), arguments: call("function.arguments") };
  return { id: call("id"), type: "function", function: named };
}

function partOf(value: unknown): JsonRecord {
  const part = (name: string) => lookup(value, `message_content.${name}`);
  const type = part("type");
  return { type, text: part("text"), id: part("id"), signature: part("signature") };
}
