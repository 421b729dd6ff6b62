import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { StillwatchError } from "../core/errors.ts";
import { isLoopback } from "../core/loopback.ts";
import { roleMay } from "../ledger/users.ts";
import { type Call, rightOf, type Route, scopeOf } from "./route.ts";
import type { SessionBook } from "./session-book.ts";
import type { TokenBook } from "./tokens.ts";

/** Who can let a request in. */
export interface Doors {
  readonly tokens: TokenBook;
  /** Absent where people don't sign in. */
  readonly sessions?: SessionBook | undefined;
  /** Where it listens. */
  readonly host: string;
  /** Where people reach it, where that is known. */
  readonly publicUrl?: URL | undefined;
}

/** Who was let in. */
export type Admitted = Pick<Call, "token" | "person">;

/** What a page of our own says with each request, and a page of somebody else can't. */
const OWN_HEADER = "x-stillwatch";
const NOBODY: Admitted = { token: undefined, person: undefined };

/**
 * Lets a request in where its route's caller says so, and refuses it otherwise: without a caller, everybody. A token in
 * `authorization` counts before a session's cookie. Throws SW_PAGE_REFUSED, SW_TOKEN_NEEDED, SW_SCOPE_NEEDED,
 * SW_SIGN_IN_NEEDED, SW_ROLE_NEEDED.
 */
export function admit({ headers }: IncomingMessage, route: Route, doors: Doors): Admitted {
  assertOwnPage(headers, doors);
  if (route.caller === "anyone") return NOBODY;
  const [scope, right] = [scopeOf(route), rightOf(route)];
  if (tokenIn(headers) !== undefined || right === undefined) {
    if (scope === undefined) throw new StillwatchError("SW_SIGN_IN_NEEDED");
    return byToken(headers, scope, doors);
  }
  const session = doors.sessions?.idIn(headers.cookie);
  if (session === undefined) {
    if (scope !== undefined && isUnlocked(headers, doors)) return NOBODY;
    throw new StillwatchError("SW_SIGN_IN_NEEDED");
  }
  // What the cookie alone could do, any page could have done by its visitors.
  if (headers[OWN_HEADER] === undefined || isFromElsewhere(headers))
    throw new StillwatchError("SW_PAGE_REFUSED");
  const user = doors.sessions?.userOf(session);
  if (user === undefined) throw new StillwatchError("SW_SIGN_IN_NEEDED");
  if (!roleMay(user.role, right))
    throw new StillwatchError("SW_ROLE_NEEDED", { name: user.name, role: user.role, right });
  return { token: undefined, person: user.name };
}

function byToken(
  headers: IncomingHttpHeaders,
  scope: Parameters<TokenBook["admit"]>[1],
  doors: Doors,
): Admitted {
  if (isUnlocked(headers, doors)) return NOBODY;
  const admission = doors.tokens.admit(tokenIn(headers), scope);
  if (admission === "scope") throw new StillwatchError("SW_SCOPE_NEEDED", { scope });
  if (admission === "unknown") throw new StillwatchError("SW_TOKEN_NEEDED");
  return { token: admission, person: undefined };
}

/** How a machine shows its token: as a bearer's, or as `x-api-key`, which is all that LiteLLM's guardrails can send of a secret. */
function tokenIn(headers: IncomingHttpHeaders): string | undefined {
  const key = headers["x-api-key"];
  return headers.authorization ?? (typeof key === "string" ? `Bearer ${key}` : undefined);
}

/** Until the first token is made, callers on this machine need none. */
function isUnlocked({ host: name = "" }: IncomingHttpHeaders, { tokens, host }: Doors): boolean {
  if (tokens.any() || !isLoopback(host)) return false;
  // A page may make its own name lead to this machine; then it asks under that name.
  if (!isLoopback(name.replace(/:\d+$/, "").replace(/^\[|\]$/g, "")))
    throw new StillwatchError("SW_PAGE_REFUSED");
  return true;
}

/** A browser says which page asks: only our own may. */
function assertOwnPage({ origin, host }: IncomingHttpHeaders, { publicUrl }: Doors): void {
  if (origin === undefined || origin === publicUrl?.origin) return;
  if (!URL.canParse(origin) || new URL(origin).host !== host)
    throw new StillwatchError("SW_PAGE_REFUSED");
}

function isFromElsewhere(headers: IncomingHttpHeaders): boolean {
  const site = headers["sec-fetch-site"] ?? "same-origin";
  return site !== "same-origin" && site !== "none";
}
