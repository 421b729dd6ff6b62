import type { Dialect, Draft, Message } from "../world.ts";
import { hashString, mix32, type Print } from "./mix.ts";
import { encode, readText, type Reading, type TextBytes } from "./read-text.ts";

/** What a request shows of its conversation, as the intake reads it in the draft's dialect. */
export interface Conversation {
  /** What is new: the user's words since the last answer, or a tool's results where nobody spoke. */
  readonly prompt: string;
  readonly reading: Reading;
  /** What is known of the message that alone is the prompt; undefined where several are. */
  readonly only: KnownMessage | undefined;
  readonly spoken: boolean;
  /** Answers presented. */
  readonly turn: number;
  /** Hashes of the messages sent, in halves. */
  readonly heads: readonly number[];
  /** Messages before the last run of answers: those of the request before. */
  readonly upTo: number;
  /** The last eight answers presented. */
  readonly answers: readonly Reading[];
  /** Ids and signatures that earlier answers were issued with, of the last twelve messages. */
  readonly handles: readonly string[];
}

/** Answers and messages that are looked back at. */
const BACK = { answers: 8, handles: 12 };

/** What the draft's request shows. Each message is read once, however often it is sent again. */
export function conversationOf(room: TextBytes, draft: Draft): Conversation {
  const { dialect, stateful } = draft;
  const kept = stateful === true ? lastResponse(draft.messages) : -1;
  const messages = kept < 0 ? draft.messages : draft.messages.slice(kept + 1);
  let turn = 0;
  let last = -1;
  const heads: number[] = [];
  for (let i = 0; i < messages.length; i++) {
    const message = messages[i] as Message;
    if (message.role === "assistant") {
      turn += itemsOf(message, dialect);
      last = i;
    }
    const { low, high } = read(room, message);
    heads.push(low, high);
  }
  let upTo = last;
  while (upTo > 0 && messages[upTo - 1]?.role === "assistant") upTo--;
  const fresh = last < 0 ? messages : messages.slice(last + 1);
  const user = fresh.filter(({ role }) => role === "user");
  const source = user.length > 0 ? user : fresh;
  const prompt =
    source.length === 1
      ? (source[0] as Message).text
      : source.map((message) => message.text).join("\n");
  const only = source.length === 1 ? read(room, source[0] as Message) : undefined;
  const previous = kept < 0 ? [] : [draft.messages[kept]?.responseId ?? ""];
  return {
    prompt,
    reading: only?.reading ?? readOnce(room, prompt),
    only,
    spoken: user.length > 0,
    turn: kept < 0 ? turn : Math.max(1, turn),
    heads,
    upTo: Math.max(0, upTo),
    answers:
      turn === 0
        ? []
        : messages
            .filter(({ role }) => role === "assistant")
            .slice(-BACK.answers)
            .map((message) => read(room, message).reading),
    handles: turn === 0 ? previous : [...previous, ...handlesOf(messages, dialect)],
  };
}

/** What a message's text hashes to. */
export function readingOf(room: TextBytes, message: Message): Reading {
  return read(room, message).reading;
}

function readOnce(room: TextBytes, text: string): Reading {
  encode(room, text);
  return readText(room);
}

/** Messages that the dialect makes of one answer. */
function itemsOf({ reasoning, text, calls }: Message, dialect: Dialect): number {
  if (dialect !== "openai-responses") return 1;
  return (reasoning === undefined ? 0 : 1) + (text.length > 0 ? 1 : 0) + (calls?.length ?? 0);
}

/** What of earlier answers is presented under its own name; it differs between dialects. */
function handlesOf(messages: readonly Message[], dialect: Dialect): string[] {
  return messages.slice(-BACK.handles).flatMap(({ role, callId, reasoning, calls, responseId }) => {
    if (role === "tool") return dialect === "gemini" || callId === undefined ? [] : [callId];
    if (role === "user") return [];
    if (dialect === "anthropic") return reasoning === undefined ? [] : [reasoning.signature];
    if (dialect !== "openai-responses") return [];
    return [
      ...(reasoning === undefined ? [] : [reasoning.signature]),
      ...(calls ?? []).map((call) => call.id),
      // The answer's items are named after it.
      ...(responseId === undefined ? [] : [responseId]),
    ];
  });
}

function lastResponse(messages: readonly Message[]): number {
  return messages.findLastIndex(
    (message) => message.role === "assistant" && message.responseId !== undefined,
  );
}

/** What is made once of a message, however often it is sent. */
export interface KnownMessage {
  readonly of: Message;
  /** Of the whole message: its role, its text, its calls. */
  readonly low: number;
  readonly high: number;
  readonly reading: Reading;
  /** What is made of it where it alone is the prompt. */
  print: PromptPrint | undefined;
  /** The block that holds its text, and where. */
  asked: { readonly block: number; readonly place: number } | undefined;
}

/** A prompt's own fingerprints. */
export interface PromptPrint {
  /** Keys of its shingles, its ends and the whole, in halves. */
  readonly keys: readonly number[];
  /** Whether the whole has a key, which comes last. */
  readonly isItem: boolean;
  readonly tokens: readonly number[];
  /** As in `exchanges.script`. */
  readonly script: number;
}

/** Kept on the message itself, as its JSON is. */
const READ = Symbol("read");
const scratch: Print = { low: 0, high: 0 };
const ROLES = { user: 1, assistant: 2, tool: 3 } as const;

function read(room: TextBytes, message: Message & { [READ]?: KnownMessage }): KnownMessage {
  const known = message[READ];
  if (known?.of === message) return known;
  const reading = readOnce(room, message.text);
  let { low, high } = reading;
  for (const call of message.calls ?? []) {
    hashString(scratch, call.id);
    low = mix32(low ^ scratch.low);
    high = (high + scratch.high) >>> 0;
  }
  low = mix32(low ^ ROLES[message.role]);
  return (message[READ] = { of: message, low, high, reading, print: undefined, asked: undefined });
}
