import type { Random } from "./random.ts";
import type { Client, Dialect, Draft, Message, Tool, ToolCall } from "./world.ts";

/** What an account's software puts into every request. */
export interface Caller {
  readonly account: string;
  readonly credential: string;
  readonly organization?: string;
  readonly platform: string;
  readonly region: string;
  readonly model: string;
  readonly dialect: Dialect;
  readonly system?: string;
  readonly tools?: readonly Tool[];
  readonly settings: Readonly<Record<string, number>>;
  readonly endUser?: string;
  /** Whether the software names its conversations. */
  readonly sessions: boolean;
  /** Whether the provider keeps the conversation (Responses only). */
  readonly stateful: boolean;
  /** Whether the model's reasoning is asked for and presented again. */
  readonly reasons: boolean;
  readonly campaign?: string;
  /** Code of the language its holder writes; known to the truth, never written. */
  readonly language?: string;
}

/** A conversation under way. */
export interface Thread {
  readonly session: string;
  readonly messages: Message[];
}

/** A conversation that has not begun. */
export function openThread(random: Random): Thread {
  return { session: `s_${random.token(16)}`, messages: [] };
}

/** What a model answers, before it gets its ids. */
export interface Reply {
  readonly text: string;
  readonly calls?: readonly ToolCall[];
  /** A thought, where the caller asks for reasoning. */
  readonly thought?: string;
}

/** Adds `turn` and the model's reply to the thread and returns the exchange. */
export function ask(
  random: Random,
  caller: Caller,
  client: Client,
  thread: Thread,
  turn: readonly Message[],
  reply: Reply,
): Draft {
  thread.messages.push(...turn);
  const messages = thread.messages.slice();
  const responseId = drawResponseId(random, caller.dialect);
  const answer: Mutable<Message> = { role: "assistant", text: reply.text, responseId };
  if (reply.calls !== undefined) answer.calls = reply.calls;
  if (caller.reasons && reply.thought !== undefined)
    answer.reasoning = {
      text: reply.thought,
      signature: `E${random.token(random.whole(120, 260))}==`,
    };
  thread.messages.push(answer);
  const draft: Mutable<Draft> = {
    account: caller.account,
    credential: caller.credential,
    platform: caller.platform,
    region: caller.region,
    model: caller.model,
    dialect: caller.dialect,
    client,
    settings: caller.settings,
    messages,
    answer,
    responseId,
  };
  if (caller.organization !== undefined) draft.organization = caller.organization;
  if (caller.sessions) draft.session = thread.session;
  if (caller.endUser !== undefined) draft.endUser = caller.endUser;
  if (caller.system !== undefined) draft.system = caller.system;
  if (caller.tools !== undefined) draft.tools = caller.tools;
  if (caller.campaign !== undefined) draft.campaign = caller.campaign;
  if (caller.language !== undefined) draft.language = caller.language;
  if (caller.stateful) draft.stateful = true;
  return draft;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** A user's message. */
export function said(text: string): Message {
  return { role: "user", text };
}

/** An id as a provider of the dialect would give to a tool call. */
export function drawCallId(random: Random, dialect: Dialect): string {
  if (dialect === "anthropic") return `toolu_01${random.token(22)}`;
  return `call_${random.token(24)}`;
}

function drawResponseId(random: Random, dialect: Dialect): string {
  switch (dialect) {
    case "openai-chat":
      return `chatcmpl-${random.token(29)}`;
    case "openai-responses":
      return `resp_${random.hex(48)}`;
    case "anthropic":
      return `msg_01${random.token(22)}`;
    case "gemini":
      return random.token(22);
  }
}
