/** What the range's people, organizations and operators produce, before it is written in a wire format. Times are milliseconds since 1970, UTC. */

import type { Agreement } from "../core/agreement.ts";
import type { Dials } from "./dials.ts";
import type { Release } from "./release.ts";

/** The wire formats that the range writes. */
export const DIALECTS = ["openai-chat", "openai-responses", "anthropic", "gemini"] as const;
/** The wire format of a body: OpenAI Chat Completions, OpenAI Responses, Anthropic Messages, Gemini generateContent. */
export type Dialect = (typeof DIALECTS)[number];

/** A call of a tool by the model. */
export interface ToolCall {
  readonly id: string;
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** One message of a conversation. A tool's result names the call it answers. */
export interface Message {
  readonly role: "user" | "assistant" | "tool";
  readonly text: string;
  readonly calls?: readonly ToolCall[];
  readonly callId?: string;
  readonly callName?: string;
  /** A reasoning block with the provider's opaque signature, as issued or as presented again. */
  readonly reasoning?: { readonly text: string; readonly signature: string };
  /** Id of the response that brought this message, where the client keeps it. */
  readonly responseId?: string;
}

/** A tool offered to the model; parameters by name, with their JSON type. */
export interface Tool {
  readonly name: string;
  readonly description: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Where a request came from. `ja4` is the TLS client fingerprint. */
export interface Client {
  readonly ip: string;
  readonly asn: number;
  readonly country: string;
  readonly userAgent: string;
  readonly ja4: string;
}

/** One request and its answer. `messages` is the whole conversation up to and including the new turn. */
export interface Draft {
  readonly account: string;
  readonly credential: string;
  readonly organization?: string;
  readonly platform: string;
  readonly region: string;
  readonly model: string;
  readonly dialect: Dialect;
  readonly session?: string;
  readonly endUser?: string;
  readonly client: Client;
  readonly system?: string;
  readonly tools?: readonly Tool[];
  readonly settings: Readonly<Record<string, number>>;
  readonly messages: readonly Message[];
  readonly answer: Message;
  readonly responseId: string;
  /** Which operation sent it; absent for everyone else and for cover traffic. Known to the truth, never written. */
  readonly campaign?: string;
  /** Code of the language the account's holder writes. Known to the truth, never written. */
  readonly language?: string;
  /** Responses API only: the conversation is kept by the provider and named by the previous response. */
  readonly stateful?: boolean;
}

/** An exchange that is due: its time is known, its content is made when it is taken, in time order over the whole world. */
export interface Due {
  readonly time: number;
  /** Called once, before the actor is asked for its next exchange. */
  readonly take: () => Draft;
}

/** A line of the accounts file (see the input reference). Fields are the wire's. */
export interface AccountLine {
  readonly account: string;
  readonly time?: string;
  readonly parent?: string;
  readonly created: string;
  readonly organization?: string;
  readonly plan: string;
  readonly program?: string;
  readonly email_domain: string;
  readonly payment?: string;
  readonly phone?: string;
  readonly device?: string;
  readonly payment_country?: string;
  readonly country: string;
  readonly verification: { readonly level: string; readonly method: string; readonly at: string };
  readonly terms: { readonly version: string; readonly accepted: string };
  readonly status: string;
  readonly suspended?: string;
  readonly text?: "keep" | "transient" | "none";
  /** Id of the permission to distill that covers the account. */
  readonly agreement?: string;
}

/** Whoever sends traffic: a person, an organization's job, a dispatcher. `due` yields in time order. */
export interface Actor {
  readonly due: () => Iterator<Due>;
}

/** What an account is to an operation: its own; its own, but ordinary people's requests pass through it too; or a customer's, whose stolen key it uses beside that customer. */
export type AccountRole = "operated" | "mixed" | "compromised";

/** An operation as it was planted. */
export interface Planted {
  readonly id: string;
  readonly name: string;
  readonly accounts: readonly string[];
  /** Accounts that aren't simply `operated`. */
  readonly roles?: Readonly<Record<string, AccountRole>>;
  /**
   * A relay's requests were written by ordinary users of another product who know nothing of it. Its pool is operated
   * and its exchanges are the operator's (they are harvested), but nothing in their text is: so an assessment of
   * `relay` finds it as well as one of `campaign` does, and neither is a false flag.
   */
  readonly relay?: true;
}

/** The truth about one operation. `hours[h]` counts its own exchanges in the h-th hour after `from`. Operations that share a pool share accounts; every exchange is one operation's or nobody's. */
export interface CampaignTruth extends Planted {
  /** Exchanges the operator sent, cover traffic left out. */
  readonly exchanges: number;
  readonly from: string;
  readonly hours: readonly number[];
}

/** The truth about one legitimate group that resembles an operation. */
export interface LookalikeTruth {
  readonly id: string;
  readonly family: string;
  readonly accounts: readonly string[];
  readonly exchanges: number;
}

/** What is true of a world: its operations and its look-alikes. */
export interface Truth {
  readonly seed: string;
  readonly campaigns: readonly CampaignTruth[];
  readonly lookalikes: readonly LookalikeTruth[];
}

/** A part of a world: its accounts, its actors, and what is true of them. */
export interface Part {
  readonly accounts: readonly AccountLine[];
  readonly actors: readonly Actor[];
  /** True where no actor shares state with another, so that threads may divide them. Parts never share state. */
  readonly independent?: boolean;
  readonly campaigns?: readonly Planted[];
  /** A model that comes out in the window; ordinary customers change to it too. */
  readonly release?: Release;
  readonly lookalikes?: readonly {
    readonly id: string;
    readonly family: string;
    readonly accounts: readonly string[];
  }[];
  /** Permissions to distill that its customers hold. */
  readonly agreements?: readonly Agreement[];
}

/** The window a world covers. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

/** Where, when and how large a part is made. */
export interface Place {
  readonly span: Span;
  readonly id: string;
  /** Share of the reported number of accounts, 1/1000 to 1; never fewer than eight. */
  readonly scale: number;
  /** Dials that differ from the campaign's own. */
  readonly dials?: Partial<Dials>;
}

/** Milliseconds in a second. */
export const SECOND = 1000;
/** Milliseconds in a minute. */
export const MINUTE = 60 * SECOND;
/** Milliseconds in an hour. */
export const HOUR = 60 * MINUTE;
/** Milliseconds in a day. */
export const DAY = 24 * HOUR;
