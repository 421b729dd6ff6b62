import { type ChildProcess, fork } from "node:child_process";
import type { ProgressEvent } from "../core/progress.ts";
import type { WorldFailure, WorldResult } from "./run-result.ts";
import type { SuiteSize } from "./suite.ts";

/** One world for a child process to make, scan and score. */
export interface RunJob {
  readonly suite: string;
  readonly size: SuiteSize;
  readonly world: string;
  readonly seed: string;
  readonly scale: number | null;
  readonly q: number;
  readonly baselines: boolean;
  readonly knownGroups: boolean;
  /** Folder that the world's texts come from. */
  readonly texts?: string;
}

/** What a child says: how far it is, or how its job ended. */
export type ChildMessage =
  | { readonly kind: "progress"; readonly event: ProgressEvent }
  | { readonly kind: "done"; readonly line: WorldResult | WorldFailure };

/** What `runJobs` needs. Whatever a callback throws ends the run. */
export interface RunJobsOptions {
  readonly jobs: readonly RunJob[];
  /** Child processes at a time. */
  readonly workers: number;
  /** The module a child runs, and its environment. */
  readonly child: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly onProgress: (job: RunJob, event: ProgressEvent) => void;
  readonly onLine: (job: RunJob, line: WorldResult | WorldFailure) => void;
}

const PATIENCE_MS = 5000;

/** Runs jobs in child processes, each taking the next when it is free. A child that dies fails its job, not the run. */
export async function runJobs(options: RunJobsOptions): Promise<void> {
  const queue = options.jobs.values();
  const stop = new AbortController();
  const drives = Array.from({ length: Math.min(options.workers, options.jobs.length) }, () =>
    drive(queue, options, stop.signal).catch((error: unknown) => {
      stop.abort(error);
      throw error;
    }),
  );
  const ended = await Promise.allSettled(drives);
  const failed = ended.find((end) => end.status === "rejected");
  if (failed !== undefined) throw stop.signal.reason;
}

async function drive(
  queue: Iterator<RunJob>,
  options: RunJobsOptions,
  signal: AbortSignal,
): Promise<void> {
  let child: ChildProcess | undefined;
  try {
    for (let next = queue.next(); next.done !== true; next = queue.next()) {
      signal.throwIfAborted();
      child ??= fork(options.child, [], {
        execArgv: [],
        env: { ...options.environment },
        stdio: ["ignore", "ignore", "inherit", "ipc"],
      });
      const line = await ask(child, next.value, options.onProgress, signal);
      if (!child.connected) child = undefined;
      options.onLine(next.value, line);
    }
  } finally {
    await dismiss(child);
  }
}

/** Gives a child one job and waits for its answer. */
function ask(
  child: ChildProcess,
  job: RunJob,
  onProgress: RunJobsOptions["onProgress"],
  signal: AbortSignal,
): Promise<WorldResult | WorldFailure> {
  const { promise, resolve, reject } = Promise.withResolvers<WorldResult | WorldFailure>();
  const hear = (message: ChildMessage): void => {
    if (message.kind === "done") return resolve(message.line);
    try {
      onProgress(job, message.event);
    } catch (error) {
      reject(error);
    }
  };
  const gone = (code: number | null, sign: NodeJS.Signals | null): void =>
    resolve(failure(job, `the process ended (${sign ?? code ?? "no code"})`));
  const aborted = (): void => reject(signal.reason);
  child.on("message", hear);
  child.once("exit", gone);
  child.once("error", reject);
  signal.addEventListener("abort", aborted);
  child.send(job);
  return promise.finally(() => {
    child.off("message", hear);
    child.off("exit", gone);
    child.off("error", reject);
    signal.removeEventListener("abort", aborted);
  });
}

/** A job that came to nothing. */
export function failure(job: RunJob, reason: string): WorldFailure {
  return { kind: "failure", suite: job.suite, world: job.world, seed: job.seed, reason };
}

/** Lets a child go, so that it removes what it made; ends it where it does not. */
async function dismiss(child: ChildProcess | undefined): Promise<void> {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  child.once("exit", () => resolve());
  const patience = setTimeout(() => child.kill("SIGKILL"), PATIENCE_MS);
  if (child.connected) child.disconnect();
  await promise;
  clearTimeout(patience);
}
