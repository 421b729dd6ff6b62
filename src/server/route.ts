import type { IncomingMessage } from "node:http";
import type { Scope, TokenRecord } from "./tokens.ts";

/** One address of the server. */
export interface Route {
  readonly method: "GET" | "POST" | "PUT";
  readonly path: string;
  /** Who may call it: the scope a token must have, or anyone. */
  readonly caller: Scope | "anyone";
  /** `token` is what admitted the request, where one was needed. */
  readonly answer: (request: IncomingMessage, token?: TokenRecord) => Promise<Answer>;
}

/** What is answered: an object as JSON, bytes as they are, of the type named. */
export type Answer =
  | { readonly status: number; readonly body: object }
  | { readonly status: number; readonly bytes: Buffer; readonly type: string };
