import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { type ErrorCode, ERRORS, StillwatchError } from "../core/errors.ts";
import { isLoopback } from "../core/loopback.ts";
import { answerProblem, problemOf } from "./problem.ts";
import type { Route } from "./route.ts";
import type { TokenBook, TokenRecord } from "./tokens.ts";

/** What a server answers, and to whom. */
export interface ServerOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly routes: readonly Route[];
  readonly tokens: TokenBook;
  /** How long a request may take to arrive, milliseconds; 60,000 by default. */
  readonly requestMs?: number;
  /** Hears of failures that no sender is told about. Never of what was sent. */
  readonly onFailure: (error: unknown) => void;
}

/** A listening server. */
export interface HttpServer {
  /** `http://host:port`. */
  readonly url: string;
  /** Answers what has come, takes no more, and ends. */
  close(): Promise<void>;
}

const REQUEST_MS = 60_000;
const MOST_CONNECTIONS = 1_024;
const MOST_HEADERS_BYTES = 16_384;
/** Refusals that pass, and that nobody needs to see to. */
const PASSING: ReadonlySet<ErrorCode> = new Set(["SW_BUSY", "SW_JUDGING"]);

/**
 * Listens. A request is refused unless its route says that its caller may: by a token's scope, or anyone. Until the
 * first token is made, callers on this machine need none and no other address may be listened on (SW_TOKEN_FIRST).
 * Throws SW_LISTEN_FAILED.
 */
export async function openServer(options: ServerOptions): Promise<HttpServer> {
  const { requestMs = REQUEST_MS } = options;
  const server = createServer(
    {
      requestTimeout: requestMs,
      headersTimeout: Math.min(requestMs, 10_000),
      connectionsCheckingInterval: Math.min(requestMs, 2_000),
      maxHeaderSize: MOST_HEADERS_BYTES,
    },
    (request, response) => void respond(request, response, options),
  );
  server.maxConnections = MOST_CONNECTIONS;
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Socket) =>
    refuse(error, socket, requestMs),
  );
  await listen(server, options);
  const { address, port, family } = server.address() as AddressInfo;
  return {
    url: `http://${family === "IPv6" ? `[${address}]` : address}:${port}`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeIdleConnections();
      }),
  };
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  options: ServerOptions,
): Promise<void> {
  try {
    const route = routeOf(request, options.routes);
    const token = tokenOf(request, route, options);
    const answer = await route.answer(request, token);
    const json = "body" in answer;
    response.writeHead(answer.status, {
      "content-type": json ? "application/json" : answer.type,
      "cache-control": "no-store",
    });
    response.end(json ? `${JSON.stringify(answer.body)}\n` : answer.bytes);
  } catch (error) {
    // What is left of the body is read and dropped, so that the sender comes to read the answer.
    request.resume();
    if (isFailure(error)) options.onFailure(error);
    answerProblem(response, error);
  }
}

/** True where something went wrong here. That a server is busy or has not judged yet is how it is, and the sender is told. */
function isFailure(error: unknown): boolean {
  if (!(error instanceof StillwatchError)) return true;
  return ERRORS[error.code].status >= 500 && !PASSING.has(error.code);
}

function routeOf({ method = "", url = "" }: IncomingMessage, routes: readonly Route[]): Route {
  const [path] = url.split("?", 1);
  const here = routes.filter((route) => route.path === path);
  if (here.length === 0) throw new StillwatchError("SW_ROUTE_UNKNOWN");
  const found = here.find((route) => route.method === method);
  if (found === undefined) {
    const allowed = here.map((route) => route.method).join(" or ");
    throw new StillwatchError("SW_METHOD_UNKNOWN", { method, allowed });
  }
  return found;
}

/** The token that admits a request, where the route asks for one. Throws unless the route's caller is this one. */
function tokenOf(
  { headers }: IncomingMessage,
  { caller }: Route,
  { tokens, host }: ServerOptions,
): TokenRecord | undefined {
  if (headers.origin !== undefined) throw new StillwatchError("SW_PAGE_REFUSED");
  if (caller === "anyone") return undefined;
  if (!tokens.any() && isLoopback(host)) {
    assertLocalName(headers.host ?? "");
    return undefined;
  }
  const admission = tokens.admit(headers.authorization, caller);
  if (admission === "scope") throw new StillwatchError("SW_SCOPE_NEEDED", { scope: caller });
  if (admission === "unknown") throw new StillwatchError("SW_TOKEN_NEEDED");
  return admission;
}

/** A page may make its own name lead to this machine; then it asks under that name. */
function assertLocalName(name: string): void {
  const host = name.replace(/:\d+$/, "").replace(/^\[|\]$/g, "");
  if (!isLoopback(host)) throw new StillwatchError("SW_PAGE_REFUSED");
}

/** Answers what never became a request: too slow, too long, or no HTTP. */
function refuse(error: NodeJS.ErrnoException, socket: Socket, requestMs: number): void {
  if (error.code === "ECONNRESET" || !socket.writable) return void socket.destroy();
  const slow = error.code === "ERR_HTTP_REQUEST_TIMEOUT";
  const problem = slow
    ? new StillwatchError("SW_BODY_SLOW", { seconds: requestMs / 1_000 })
    : new StillwatchError("SW_NOT_HTTP");
  const { status, title, ...rest } = problemOf(problem);
  const body = JSON.stringify({ status, title, ...rest });
  socket.end(
    `HTTP/1.1 ${status} ${title}\r\ncontent-type: application/problem+json\r\nconnection: close\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

function listen(server: Server, { host, port }: ServerOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const details = { address: `${host}:${port}`, reason: error.code ?? error.message };
      reject(new StillwatchError("SW_LISTEN_FAILED", details, error));
    });
    server.listen(port, host, resolve);
  });
}
