import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { StillwatchError } from "../core/errors.ts";
import type { OpenMessage, ProcessMessage } from "./warehouse-process.ts";

/** How to reach a running warehouse process. */
export interface Endpoint {
  readonly secret: string;
  /** A unix socket's path, or a loopback port. */
  readonly address: { readonly socket: string } | { readonly port: number };
}

/** What a warehouse process is started with. Bytes and seconds. */
export interface ChildOptions {
  readonly dataDir: string;
  readonly sessions: number;
  readonly memoryBytes: number;
  readonly maxExecutionSeconds: number;
  /** Where backups may be written and read. */
  readonly backups?: string;
}

/** A warehouse process that is held open: started on demand, started again when it has died. */
export class WarehouseChild {
  readonly #options: ChildOptions;
  #process: ChildProcess | undefined;
  #endpoint: Promise<Endpoint> | undefined;
  #closed = false;
  #lastEnd = "it was closed";

  constructor(options: ChildOptions) {
    this.#options = options;
  }

  /** The process id, while one runs. */
  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /** Waits for a running process, starting one if none runs. Throws SW_DATA_LOCKED, SW_DATA_UNUSABLE or SW_WAREHOUSE_GONE. */
  endpoint(): Promise<Endpoint> {
    if (this.#closed)
      return Promise.reject(new StillwatchError("SW_WAREHOUSE_GONE", { reason: "it was closed" }));
    if (this.#endpoint === undefined) {
      const starting = this.#start();
      this.#endpoint = starting;
      starting.catch(() => {
        if (this.#endpoint === starting) this.#endpoint = undefined;
      });
    }
    return this.#endpoint;
  }

  /** Why the last process ended, in words, for the error of a query that was in flight. */
  whyEnded(): string {
    return this.#lastEnd;
  }

  /** Ends a process that no longer answers; the next query starts another. */
  kill(reason: string): void {
    this.#lastEnd = reason;
    this.#process?.kill("SIGKILL");
  }

  /** Lets running queries end (five seconds at most) and ends the process. */
  async close(): Promise<void> {
    this.#closed = true;
    const child = this.#process;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    // Nothing else may keep this process until the child has ended.
    child.ref();
    const ended = new Promise((resolve) => child.once("exit", resolve));
    const patience = setTimeout(() => child.kill("SIGKILL"), 5_000);
    child.send({ kind: "close" }, () => undefined);
    await ended;
    clearTimeout(patience);
  }

  async #start(): Promise<Endpoint> {
    prepareFolder(this.#options.dataDir);
    const folder = mkdtempSync(join(tmpdir(), "stillwatch-"));
    const socket = join(folder, "warehouse.sock");
    const secret = randomBytes(24).toString("hex");
    const child = fork(entry(), [], {
      execArgv: [],
      stdio: ["ignore", "ignore", "pipe", "ipc"],
      env: { ...process.env, UV_THREADPOOL_SIZE: String(this.#options.sessions + 4) },
    });
    this.#process = child;
    // An exit of this process waits for nobody: what still writes ends first, then whoever made the folders removes them.
    const leave = (): void => {
      child.kill("SIGKILL");
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    };
    process.prependOnceListener("exit", leave);
    child.once("exit", (code, signal) => {
      process.removeListener("exit", leave);
      rmSync(folder, { recursive: true, force: true });
      if (this.#process !== child) return;
      if (!this.#closed && this.#lastEnd === "it was closed")
        this.#lastEnd = signal === null ? `exit code ${code}` : `signal ${signal}`;
      this.#process = undefined;
      this.#endpoint = undefined;
    });
    const open: OpenMessage = { kind: "open", ...this.#options, socket, secret };
    child.send(open, () => undefined);
    const port = await ready(child, this.#options.dataDir);
    this.#lastEnd = "it was closed";
    child.channel?.unref();
    child.unref();
    (child.stderr as unknown as { unref(): void } | null)?.unref();
    return { secret, address: port === undefined ? { socket } : { port } };
  }
}

/** Resolves with the port, if any, once the process says it is ready. */
async function ready(child: ChildProcess, dataDir: string): Promise<number | undefined> {
  let said = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(-4_000);
  });
  const answer = await new Promise<ProcessMessage>((resolve) => {
    child.once("message", resolve);
    child.once("exit", (code, signal) =>
      resolve({ kind: "failed", reason: `the process ended at once (${signal ?? code})` }),
    );
    child.once("error", (error) => resolve({ kind: "failed", reason: error.message }));
  });
  if (answer.kind === "ready") return answer.port;
  child.kill("SIGKILL");
  // The engine names the lock on its standard error only, which may arrive after the message.
  if (child.stderr?.readableEnded === false)
    await new Promise((resolve) => child.stderr?.once("end", resolve));
  if (/Another server instance/.test(said))
    throw new StillwatchError("SW_DATA_LOCKED", { path: dataDir });
  const reason = /DB::Exception: (.{1,200})/.exec(said)?.[1] ?? answer.reason;
  throw new StillwatchError("SW_DATA_UNUSABLE", { path: dataDir, reason });
}

function prepareFolder(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StillwatchError("SW_DATA_UNUSABLE", { path: dataDir, reason }, error);
  }
}

function entry(): string {
  const extension = import.meta.url.endsWith(".ts") ? ".ts" : ".js";
  return fileURLToPath(new URL(`./warehouse-process${extension}`, import.meta.url));
}
