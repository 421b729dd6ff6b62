import {
  firstOf,
  type JsonRecord,
  listOf,
  lookup,
  parsed,
  recordOf,
  textOf,
} from "./json-record.ts";

/** Roles of frameworks in the words of the wire formats. */
const ROLES: Readonly<Record<string, string>> = {
  system: "system",
  developer: "developer",
  user: "user",
  assistant: "assistant",
  tool: "tool",
  human: "user",
  ai: "assistant",
  model: "assistant",
  function: "tool",
};

/** A request body out of a log's idea of a prompt: a body as it is, a list of messages, or text. Undefined for nothing. */
export function requestOf(prompt: unknown, settings: JsonRecord): JsonRecord | undefined {
  const value = parsed(prompt);
  const body = recordOf(value);
  const within = BODY_KEYS.find((key) => body?.[key] !== undefined);
  if (body !== undefined && within !== undefined) {
    const text = within === "messages" || typeof body[within] === "string";
    return { ...settings, ...body, ...(text ? { messages: chatMessages(body[within]) } : {}) };
  }
  const messages = chatMessages(prompt);
  return messages.length === 0 ? undefined : { ...settings, messages };
}

/** Where a request of the four wire formats holds what was asked. */
const BODY_KEYS = ["messages", "contents", "input", "prompt"] as const;
/** Where a response of the four wire formats holds its answer. */
const ANSWER_KEYS = [
  "choices.0.message",
  "choices.0.text",
  "candidates.0.content",
  "stop_reason",
] as const;

/** A response body out of a log's idea of an answer: a body or its chunks as they are, messages, or text. */
export function responseOf(
  answer: unknown,
  about: { readonly id?: string | undefined; readonly finish?: string | undefined } = {},
): unknown {
  const value = parsed(answer);
  if (typeof value === "string" && EVENT_STREAM.test(value)) return value;
  const body = recordOf(value);
  if (body !== undefined) {
    if (ANSWER_KEYS.some((key) => lookup(body, key) !== undefined)) return body;
    if (Array.isArray(body["output"]) || body["type"] === "message") return body;
  }
  if (listOf(value).some((chunk) => CHUNK_KEYS.some((key) => lookup(chunk, key) !== undefined))) {
    return value;
  }
  const messages = chatMessages(answer);
  const message = messages.findLast((one) => one["role"] !== "user") ?? messages.at(-1);
  if (message === undefined) return undefined;
  const said = firstOf(about.finish, message["finish_reason"], body?.["finish_reason"]);
  const finish = said === "tool_call" ? "tool_calls" : said;
  const { content } = message;
  if (Array.isArray(content) && message["tool_calls"] === undefined) {
    return { id: about.id, content, stop_reason: finish };
  }
  const text = Array.isArray(content) ? textOfParts(content) : content;
  const choice = {
    message: { ...message, role: "assistant", content: text },
    finish_reason: finish,
  };
  return { id: about.id, choices: [choice] };
}

function textOfParts(parts: readonly unknown[]): string {
  return parts.flatMap((part) => textOf(lookup(part, "text")) ?? []).join("\n");
}

/** A streamed answer logged as it came. */
const EVENT_STREAM = /^\s*(data|event|id|:).*\n/;
/** Keys of the pieces of a streamed answer. */
const CHUNK_KEYS = ["choices", "candidates", "delta", "content_block", "message.usage"] as const;

/** Messages in the form of OpenAI Chat Completions out of a list, a single message, or text; what is none of them counts as text. */
export function chatMessages(value: unknown): readonly JsonRecord[] {
  const given = parsed(value);
  const messages = (Array.isArray(given) ? given : [given]).flatMap(chatMessage);
  if (messages.length > 0 || typeof given !== "object" || given === null) return messages;
  if (typeof value === "string") return textMessage(value);
  return Object.keys(given).length === 0 ? [] : textMessage(JSON.stringify(given));
}

function textMessage(text: string): readonly JsonRecord[] {
  return text === "" ? [] : [{ role: "user", content: text }];
}

/** One message, whichever framework wrote it; several where it holds results of tools beside text. */
function chatMessage(value: unknown): readonly JsonRecord[] {
  if (typeof value === "string") return textMessage(value);
  const outer = recordOf(value);
  if (outer === undefined) return [];
  if (outer["role"] === undefined && ITEMS.has(outer["type"])) return [outer];
  const message = recordOf(parsed(outer["message"])) ?? recordOf(outer["kwargs"]) ?? outer;
  const role = roleOf(message, outer);
  const parts = message["parts"] ?? lookup(message["content"], "parts") ?? message["content"];
  if (Array.isArray(parts)) return fromParts({ ...message, role }, parts);
  const content = typeof parts === "object" && parts !== null ? JSON.stringify(parts) : parts;
  const says = content !== undefined || message["tool_calls"] !== undefined;
  return says ? [{ ...message, role, content }] : [];
}

/** Items of OpenAI Responses that stand among messages and are no message. */
const ITEMS: ReadonlySet<unknown> = new Set(["function_call", "function_call_output", "reasoning"]);

/** A role that is no known one is a tool's own name: some frameworks write that. */
function roleOf(message: JsonRecord, outer: JsonRecord): string {
  const path = listOf(outer["id"]).at(-1);
  const ofClass = typeof path === "string" ? path.replace(/Message(Chunk)?$/, "") : undefined;
  const said = firstOf(message["role"], outer["role"], ofClass);
  if (said !== undefined) return ROLES[(textOf(said) ?? "").toLowerCase()] ?? "tool";
  return ROLES[textOf(firstOf(message["type"], outer["type"])) ?? ""] ?? "user";
}

/** OpenTelemetry's parts become content, tool calls, reasoning, and a message of its own for each tool's result. */
function fromParts(message: JsonRecord, parts: readonly unknown[]): readonly JsonRecord[] {
  const content: JsonRecord[] = [];
  const calls: JsonRecord[] = [];
  const results: JsonRecord[] = [];
  const reasoning: string[] = [];
  for (const value of parts) {
    const part = recordOf(value) ?? { text: textOf(value) };
    const type = part["type"] ?? (part["text"] === undefined ? "" : "text");
    if (type === "tool_call" || type === "tool-call") calls.push(toolCall(part));
    else if (type === "tool_call_response" || type === "tool-result") {
      const result = firstOf(part["response"], part["result"], part["content"], part["output"]);
      const call = firstOf(part["id"], part["toolCallId"]);
      results.push({ role: "tool", tool_call_id: call, content: flat(result) });
    } else if (type === "reasoning")
      reasoning.push(textOf(firstOf(part["content"], part["text"])) ?? "");
    else if (type === "text" || type === "input_text" || type === "output_text") {
      content.push({ type: "text", text: firstOf(part["text"], part["content"]) });
    } else content.push(part);
  }
  if (content.length + calls.length + reasoning.length === 0) return results;
  const { parts: _, ...rest } = message;
  const texts = content.every((part) => part["type"] === "text");
  return [
    {
      ...rest,
      content: texts ? textOfParts(content) : content,
      ...(calls.length === 0 ? {} : { tool_calls: calls }),
      ...(reasoning.length === 0 ? {} : { reasoning_content: reasoning.join("\n") }),
    },
    ...results,
  ];
}

function toolCall(part: JsonRecord): JsonRecord {
  const name = firstOf(part["name"], part["toolName"]);
  const given = firstOf(part["arguments"], part["args"], part["input"]);
  const id = firstOf(part["id"], part["toolCallId"]);
  return { id, type: "function", function: { name, arguments: flat(given) } };
}

function flat(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value ?? "");
}
