import type { IncomingMessage, OutgoingHttpHeaders } from "node:http";
import type { z } from "zod";
import { StillwatchError } from "../core/errors.ts";
import type { Right } from "../ledger/users.ts";
import type { Scope, TokenRecord } from "./tokens.ts";

/** One address of the server, and what OpenAPI says of it. */
export interface Route {
  /** `ANY` for gateways that pass on their caller's method; its path ends with `/*`, for whatever follows. */
  readonly method: "GET" | "POST" | "PUT" | "DELETE" | "ANY";
  /** Its parts may be parameters: `/v1/cases/:id`. */
  readonly path: string;
  readonly caller: Caller;
  /** What it does, in half a sentence. */
  readonly summary: string;
  /** The parameters after `?`; without it they are not read. */
  readonly query?: z.ZodType;
  /** A body of JSON, at most 1 MB; without it the route reads the request itself. */
  readonly body?: z.ZodType;
  /** What is answered where all is well; without it, no JSON. */
  readonly answers?: z.ZodType;
  /** The request was let in, and its query and body have their shapes. What is known at once is answered without a promise, and leaves at once. */
  answer(request: IncomingMessage, call: Call): Answer | Promise<Answer>;
}

/**
 * Who may call a route: anyone, tokens that have a scope, people who have a right (by a session), or both of them. Until
 * the first token is made, callers on this machine need no token; a session they always need.
 */
export type Caller =
  | "anyone"
  | Scope
  | { readonly right: Right; readonly scope?: Scope | undefined };

/** Who was let in, and what they ask. */
export interface Call<Query = unknown, Body = unknown> {
  /** What admitted the request, where a token did. */
  readonly token: TokenRecord | undefined;
  /** Who asks, where a person does; never undefined where the route's caller is a right without a scope. */
  readonly person: string | undefined;
  /** The path's parameters, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: Query;
  readonly body: Body;
}

/** What is answered: an object as JSON, bytes or a text (UTF-8) as they are, or pieces as they come, of the type named. */
export type Answer = {
  readonly status: number;
  readonly headers?: OutgoingHttpHeaders;
} & (
  | { readonly body: object }
  | { readonly bytes: Buffer | string; readonly type: string }
  | { readonly pieces: AsyncIterable<string | Buffer>; readonly type: string }
);

/** A route whose answer knows the shapes of its query and body. */
export function route<Query extends z.ZodType, Body extends z.ZodType>(
  one: Omit<Route, "query" | "body" | "answer"> & {
    readonly query?: Query;
    readonly body?: Body;
    answer(
      request: IncomingMessage,
      call: Call<z.output<Query>, z.output<Body>>,
    ): Answer | Promise<Answer>;
  },
): Route {
  return one;
}

/** The person that a route without a scope lets in. Throws SW_SIGN_IN_NEEDED where there is none. */
export function personOf({ person }: Pick<Call, "person">): string {
  if (person === undefined) throw new StillwatchError("SW_SIGN_IN_NEEDED");
  return person;
}

/** The scope that a token needs; undefined where none lets it in. */
export function scopeOf({ caller }: Route): Scope | undefined {
  if (typeof caller === "object") return caller.scope;
  return caller === "anyone" ? undefined : caller;
}

/** The right that a person needs; undefined where none lets them in. */
export function rightOf({ caller }: Route): Right | undefined {
  return typeof caller === "object" ? caller.right : undefined;
}
