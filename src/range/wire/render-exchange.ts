import type { Client, Dialect, Draft, Message } from "../world.ts";
import { anthropicBodies } from "./anthropic.ts";
import { geminiBodies } from "./gemini.ts";
import { textBytes } from "./message-json.ts";
import { openaiChatBodies } from "./openai-chat.ts";
import { openaiResponsesBodies } from "./openai-responses.ts";

/** Tokens of one exchange, estimated from UTF-8 lengths by one rule for everyone (four bytes a token). */
export interface Usage {
  readonly input: number;
  readonly cached: number;
  readonly output: number;
  readonly reasoning: number;
}

/** A request and a response body in a provider's own shape, as JSON. */
export interface Bodies {
  readonly request: string;
  readonly response: string;
}

/** Makes the bodies of one dialect. `time` is in milliseconds. */
export type BodyWriter = (draft: Draft, usage: Usage, time: number) => Bodies;

const WRITERS: Readonly<Record<Dialect, BodyWriter>> = {
  "openai-chat": openaiChatBodies,
  "openai-responses": openaiResponsesBodies,
  anthropic: anthropicBodies,
  gemini: geminiBodies,
};

const ENDPOINTS: Readonly<Record<Dialect, string>> = {
  "openai-chat": "/v1/chat/completions",
  "openai-responses": "/v1/responses",
  anthropic: "/v1/messages",
  gemini: "/v1/models:generateContent",
};

/** One canonical NDJSON line, with its newline. `time` is in milliseconds since 1970, UTC. */
export function renderExchange(draft: Draft, id: string, time: number): string {
  const usage = usageOf(draft);
  const { request, response } = WRITERS[draft.dialect](draft, usage, time);
  return `{"id":"${id}","time":"${new Date(time).toISOString()}"${head(draft)},"endpoint":"${ENDPOINTS[draft.dialect]}"${optional("session", draft.session)}${optional("end_user", draft.endUser)},"http_status":200,"client":${clientJson(draft.client)},"request":${request},"response":${response},"usage":{"input":${usage.input},"cached":${usage.cached},"output":${usage.output},"reasoning":${usage.reasoning}}}\n`;
}

/** Ids and names that the range makes hold no character that JSON escapes. */
function head(draft: Draft): string {
  return `,"account":"${draft.account}","credential":"${draft.credential}"${optional("organization", draft.organization)},"platform":"${draft.platform}","region":"${draft.region}","model":"${draft.model}"`;
}

function optional(name: string, value: string | undefined): string {
  return value === undefined ? "" : `,"${name}":${JSON.stringify(value)}`;
}

function clientJson({ ip, asn, country, userAgent, ja4 }: Client): string {
  return `{"ip":"${ip}","asn":${asn},"country":"${country}","user_agent":${JSON.stringify(userAgent)},"ja4":"${ja4}"}`;
}

const tokens = (bytes: number): number => Math.ceil(bytes / 4);

/** The tokens of an exchange, by the rule of `Usage`. `sizeOf` gives the UTF-8 bytes of a message's text. */
export function usageOf(draft: Draft, sizeOf: (message: Message) => number = textBytes): Usage {
  const last = draft.messages.length - 1;
  let earlier = draft.system === undefined ? 0 : Buffer.byteLength(draft.system);
  if (draft.tools !== undefined) earlier += 240 * draft.tools.length;
  for (let i = 0; i < last; i++) earlier += weigh(draft.messages[i] as Message, sizeOf);
  const recent = weigh(draft.messages[last] as Message, sizeOf);
  const reasoning =
    draft.answer.reasoning === undefined ? 0 : Buffer.byteLength(draft.answer.reasoning.text);
  return {
    input: tokens(earlier + recent) + 8,
    cached: earlier > 4096 && draft.messages.length > 1 ? 64 * Math.floor(tokens(earlier) / 64) : 0,
    output: tokens(weigh(draft.answer, sizeOf)),
    reasoning: tokens(reasoning),
  };
}

function weigh(message: Message, sizeOf: (message: Message) => number): number {
  let bytes = sizeOf(message) + 12;
  for (const call of message.calls ?? []) bytes += 60 + 30 * Object.keys(call.input).length;
  if (message.reasoning !== undefined) bytes += Buffer.byteLength(message.reasoning.text);
  return bytes;
}
