/**
 * The warehouse process: owns chDB on one data folder and speaks ClickHouse's HTTP interface to its parent, on a unix
 * socket in a folder only this user can enter (loopback with a secret where unix sockets can't be had). It ends when its
 * parent does. chDB runs on the main thread: it crashes in worker threads.
 */
import { rmSync } from "node:fs";
import { createServer } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname } from "node:path";
import { drainPending, Session } from "chdb";
import { answerRequest } from "./answer-request.ts";
import type { Engine } from "./answer-request.ts";
import { SessionPool } from "./session-pool.ts";

/** What the parent sends first. Bytes for memory, seconds for time. */
export interface OpenMessage {
  readonly kind: "open";
  readonly dataDir: string;
  readonly socket: string;
  /** What a request must present as its Basic credentials' password. */
  readonly secret: string;
  readonly sessions: number;
  readonly memoryBytes: number;
  readonly maxExecutionSeconds: number;
  /** Where backups may be written and read. */
  readonly backups?: string;
}

/** What the child answers. `port` is set when it had to listen on loopback. */
export type ProcessMessage =
  | { readonly kind: "ready"; readonly port?: number }
  | { readonly kind: "failed"; readonly reason: string };

process.once("disconnect", die);
process.on("message", (message: OpenMessage | { readonly kind: "close" }) => {
  if (message.kind === "open") void start(message);
});

async function start(options: OpenMessage): Promise<void> {
  const sweep = (): void => rmSync(dirname(options.socket), { recursive: true, force: true });
  process.once("exit", sweep);
  process.prependOnceListener("disconnect", sweep);
  try {
    const engine = openEngine(options);
    const authorization = `Basic ${Buffer.from(`stillwatch:${options.secret}`).toString("base64")}`;
    const server = createServer({ maxHeaderSize: 256 << 20 }, (incoming, response) => {
      if (incoming.headers.authorization === authorization)
        return void answerRequest(engine, incoming, response);
      response.writeHead(403).end("Code: 516. DB::Exception: No. (AUTHENTICATION_FAILED)\n");
    });
    server.requestTimeout = 0;
    server.keepAliveTimeout = 60_000;
    const port = await listen(server, options.socket);
    process.on("message", (message: { readonly kind: string }) => {
      if (message.kind === "close") void close(server, engine);
    });
    say(port === undefined ? { kind: "ready" } : { kind: "ready", port });
  } catch (error) {
    say({ kind: "failed", reason: error instanceof Error ? error.message : String(error) });
  }
}

function openEngine(options: OpenMessage): Engine {
  const memory = Math.floor(options.memoryBytes);
  const share = (part: number): string => String(Math.floor(memory * part));
  const open = (): Session =>
    new Session(options.dataDir, {
      connectionArgs: [
        `--max_server_memory_usage=${memory}`,
        "--mark_cache_size=100000000",
        "--max_query_size=1000000000",
        ...(options.backups === undefined ? [] : [`--backups.allowed_path=${options.backups}`]),
      ],
    });
  const control = { session: open(), settings: new Map(), parameters: new Set<string>() };
  const settings = new Map([
    ["max_execution_time", String(options.maxExecutionSeconds)],
    ["max_memory_usage", share(0.8)],
    ["max_bytes_before_external_group_by", share(0.4)],
    ["max_bytes_before_external_sort", share(0.4)],
    ["max_query_size", "1000000000"],
  ]);
  return { control, settings, pool: new SessionPool(options.sessions, open) };
}

/** The longest path of a socket every system takes; Node cuts a longer one short without a word. */
const SOCKET_PATH_BYTES = 103;

/** Listens on the socket, or on a free loopback port if that can't be had; resolves to the port in that case. */
function listen(server: Server, socket: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const onLoopback = (): void => {
      server.once("error", reject);
      server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
    };
    if (Buffer.byteLength(socket) > SOCKET_PATH_BYTES) return onLoopback();
    server.once("error", onLoopback);
    server.listen(socket, () => resolve(undefined));
  });
}

/** Lets running queries end, closes the sessions and leaves. The parent kills what takes too long. */
async function close(server: Server, engine: Engine): Promise<void> {
  server.closeIdleConnections();
  await new Promise((resolve) => server.close(resolve));
  engine.pool.close();
  engine.control.session.close();
  await drainPending();
  process.exit(0);
}

/** Without a parent there is nobody to answer, and an orphan would keep the folder locked. Nothing acknowledged is lost by a kill. */
function die(): void {
  process.kill(process.pid, "SIGKILL");
}

function say(message: ProcessMessage): void {
  process.send?.(message);
}
