import { chatMessages, requestOf, responseOf } from "./chat-body.ts";
import { EMBEDDINGS, type ExchangeLine, type NoExchange, OTHER_SPANS } from "./dialect.ts";
import {
  countOf,
  firstOf,
  type JsonRecord,
  listOf,
  parsed,
  recordOf,
  textOf,
} from "./json-record.ts";
import { type Convention, type Span, spreadList } from "./span.ts";

/**
 * OpenTelemetry's GenAI conventions, both generations: messages as attributes (`gen_ai.input.messages`), and
 * before that as events of a span or as `gen_ai.prompt`, whole or spread over numbered attributes.
 */
export const genAi: Convention = {
  title: "OpenTelemetry GenAI",
  reads: ({ attributes }) => MARKS.some((name) => attributes[name] !== undefined),
  content,
};

const MARKS = [
  "gen_ai.operation.name",
  "gen_ai.system",
  "gen_ai.provider.name",
  "gen_ai.request.model",
];

function content(span: Span): ExchangeLine | NoExchange {
  const { attributes: a } = span;
  const operation = firstOf(a["gen_ai.operation.name"], a["llm.request.type"], "chat");
  if (/embedding/.test(String(operation))) return EMBEDDINGS;
  if (!CALLS.test(String(operation))) return OTHER_SPANS;
  const model = textOf(firstOf(a["gen_ai.request.model"], a["gen_ai.response.model"]));
  const id = textOf(a["gen_ai.response.id"]);
  const reasons = parsed(a["gen_ai.response.finish_reasons"]);
  const finish = textOf(firstOf(...listOf(reasons), a["gen_ai.response.finish_reason"]));
  return {
    model,
    request: requestOf(promptOf(span), settingsOf(a, model)),
    response: responseOf(answerOf(span), { id, finish }),
    usage: {
      input: countOf(firstOf(a["gen_ai.usage.input_tokens"], a["gen_ai.usage.prompt_tokens"])),
      cached: countOf(a["gen_ai.usage.cache_read.input_tokens"]),
      output: countOf(
        firstOf(a["gen_ai.usage.output_tokens"], a["gen_ai.usage.completion_tokens"]),
      ),
      reasoning: countOf(a["gen_ai.usage.reasoning.output_tokens"]),
    },
  };
}

const CALLS = /^(chat|completion|text_completion|generate_content|responses|messages)$/;

function promptOf({ attributes: a, events }: Span): unknown {
  const input = parsed(a["gen_ai.input.messages"]);
  const system = parsed(a["gen_ai.system_instructions"]);
  if (input !== undefined) {
    const parts = Array.isArray(system) ? system : [{ type: "text", content: system }];
    const before = system === undefined ? [] : chatMessages([{ role: "system", parts }]);
    return [...before, ...chatMessages(input)];
  }
  const said = events.filter(({ name }) => MESSAGE_EVENT.test(name)).map(messageOfEvent);
  if (said.length > 0) return said;
  return firstOf(
    a["gen_ai.prompt"],
    eventAttribute(events, "gen_ai.content.prompt", "gen_ai.prompt"),
    notEmpty(spreadList(a, "gen_ai.prompt")),
  );
}

function answerOf({ attributes: a, events }: Span): unknown {
  const choice = events.find(({ name }) => name === "gen_ai.choice");
  return firstOf(
    a["gen_ai.output.messages"],
    choice === undefined ? undefined : messageOfEvent(choice),
    a["gen_ai.completion"],
    eventAttribute(events, "gen_ai.content.completion", "gen_ai.completion"),
    notEmpty(spreadList(a, "gen_ai.completion")),
  );
}

const MESSAGE_EVENT = /^gen_ai\.(system|user|assistant|tool)\.message$/;

/** A message event names its role where its attributes don't. */
function messageOfEvent({ name, attributes }: Span["events"][number]): JsonRecord {
  const message = recordOf(parsed(attributes["message"])) ?? attributes;
  const role = MESSAGE_EVENT.exec(name)?.[1] ?? "assistant";
  const id = attributes["id"];
  return { role, tool_call_id: id, finish_reason: attributes["finish_reason"], ...message };
}

function eventAttribute(events: Span["events"], event: string, name: string): unknown {
  return events.find((one) => one.name === event)?.attributes[name];
}

function notEmpty(list: readonly unknown[]): readonly unknown[] | undefined {
  return list.length === 0 ? undefined : list;
}

function settingsOf(a: JsonRecord, model: string | undefined): JsonRecord {
  return {
    model,
    temperature: a["gen_ai.request.temperature"],
    top_p: a["gen_ai.request.top_p"],
    top_k: a["gen_ai.request.top_k"],
    max_tokens: a["gen_ai.request.max_tokens"],
    n: a["gen_ai.request.choice.count"],
    stop: a["gen_ai.request.stop_sequences"],
    frequency_penalty: a["gen_ai.request.frequency_penalty"],
    presence_penalty: a["gen_ai.request.presence_penalty"],
    tools: parsed(a["gen_ai.tool.definitions"]),
  };
}
