import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { type ErrorCode, ERRORS, StillwatchError } from "../core/errors.ts";
import { admit, type Doors } from "./admit.ts";
import { type ConnectionRoom, connectionRoom } from "./connection-room.ts";
import { answerProblem, problemOf } from "./problem.ts";
import { proxiesAt } from "./proxies.ts";
import { bodyAsked, queryAsked } from "./read-asked.ts";
import type { Answer, Route } from "./route.ts";
import { type RouteTable, routeTable } from "./route-table.ts";
import { SECURE_HEADERS } from "./secure-headers.ts";
import { sendAnswer } from "./send-answer.ts";

/** What a server answers, and to whom. */
export interface ServerOptions extends Doors {
  /** 0 takes a free one. */
  readonly port: number;
  readonly routes: readonly Route[];
  /** How long a request may take to arrive, milliseconds; 60,000 by default. */
  readonly requestMs?: number;
  /** At once; 1,024 by default. */
  readonly mostConnections?: number;
  /** Where proxies are that others come through (`proxies.ts`); none by default. */
  readonly proxies?: readonly string[] | undefined;
  /** Hears of failures that no sender is told about. Never of what was sent. */
  readonly onFailure: (error: unknown) => void;
}

/** A listening server. */
export interface HttpServer {
  /** `http://host:port`. */
  readonly url: string;
  /** Answers what has come or is coming, takes no more, ends what comes in pieces and who says nothing, and ends. */
  close(): Promise<void>;
}

const REQUEST_MS = 60_000;
/** Longer than gateways keep a connection that nobody uses (NGINX: 60 s): who ends it first may lose a request to it. */
const KEPT_MS = 75_000;
const MOST_CONNECTIONS = 1_024;
const MOST_HEADERS_BYTES = 16_384;
/** Refusals that pass, and that nobody needs to see to. */
const PASSING: ReadonlySet<ErrorCode> = new Set(["SW_BUSY", "SW_JUDGING", "SW_STANDBY"]);

interface Answering {
  readonly find: RouteTable;
  readonly doors: Doors;
  readonly room: ConnectionRoom;
  readonly onFailure: (error: unknown) => void;
  /** Answers that come in pieces and have not ended. */
  readonly flowing: Set<ServerResponse>;
}

/** Listens. A request is refused unless its route says that its caller may (`admit.ts`). Throws SW_LISTEN_FAILED. */
export async function openServer(options: ServerOptions): Promise<HttpServer> {
  const { requestMs = REQUEST_MS, mostConnections = MOST_CONNECTIONS, routes, onFailure } = options;
  const flowing = new Set<ServerResponse>();
  const room = connectionRoom(mostConnections, proxiesAt(options.proxies ?? []));
  const answering = { find: routeTable(routes), doors: options, room, onFailure, flowing };
  const server = createServer(
    {
      requestTimeout: requestMs,
      headersTimeout: Math.min(requestMs, 10_000),
      connectionsCheckingInterval: Math.min(requestMs, 2_000),
      maxHeaderSize: MOST_HEADERS_BYTES,
      keepAliveTimeout: KEPT_MS,
      optimizeEmptyRequests: true,
    },
    (request, response) => respond(request, response, answering),
  );
  server.maxConnections = mostConnections;
  const silent = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    room.enter(socket);
    silent.add(socket.once("close", () => silent.delete(socket)));
  });
  server.prependListener("request", ({ socket }: IncomingMessage) => silent.delete(socket));
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Socket) =>
    refuse(error, socket, requestMs),
  );
  await listen(server, options);
  const { address, port, family } = server.address() as AddressInfo;
  return {
    url: `http://${family === "IPv6" ? `[${address}]` : address}:${port}`,
    close: () =>
      new Promise((done) => {
        // Connections become idle as the last answers leave.
        const idle = setInterval(() => server.closeIdleConnections(), 50);
        // Once it closes, Node ends no connection any more for being slow.
        const late = setTimeout(() => server.closeAllConnections(), requestMs);
        server.close(() => {
          clearInterval(idle);
          clearTimeout(late);
          done();
        });
        for (const socket of silent) socket.destroy();
        for (const response of flowing) response.destroy();
      }),
  };
}

/** Where a route answers at once, the answer leaves before anything else is done. */
function respond(
  request: IncomingMessage,
  response: ServerResponse,
  { find, doors, room, onFailure, flowing }: Answering,
): void {
  const say = (answer: Answer): Promise<void> | undefined => sendAnswer(response, answer, flowing);
  // Who was let in, and not refused, keeps the connection.
  const makeRoom = (): void => {
    if (room.isShort()) response.shouldKeepAlive = false;
  };
  const fail = (error: unknown): void => {
    makeRoom();
    // What is left of the body is read and dropped, so that the sender comes to read the answer.
    request.resume();
    if (isFailure(error)) onFailure(error);
    if (response.headersSent) response.destroy();
    else answerProblem(response, error);
  };
  try {
    const { route, params } = find(request.method ?? "", request.url ?? "");
    const { token, person } = admit(request, route, doors);
    if (token === undefined && person === undefined) makeRoom();
    const query = queryAsked(request, route);
    const answerTo = (body: unknown): Answer | Promise<Answer> =>
      route.answer(request, { token, person, params, query, body });
    const answer = route.body ? bodyAsked(request, route).then(answerTo) : answerTo(undefined);
    if (answer instanceof Promise) answer.then(say).catch(fail);
    else say(answer)?.catch(fail);
  } catch (error) {
    fail(error);
  }
}

/** True where something went wrong here. That a server is busy or has not judged yet is how it is, and the sender is told. */
function isFailure(error: unknown): boolean {
  if (!(error instanceof StillwatchError)) return true;
  return ERRORS[error.code].status >= 500 && !PASSING.has(error.code);
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
  const headers = {
    ...SECURE_HEADERS,
    "content-type": "application/problem+json",
    connection: "close",
    "content-length": Buffer.byteLength(body),
  };
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${title}\r\n${head.join("")}\r\n${body}`);
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
