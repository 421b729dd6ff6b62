import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import process from "node:process";
import { createInterface } from "node:readline";
import { childrenOf } from "./process-use.ts";

/** A real `stillwatch serve`, in a process of its own. */
export interface LiveServer {
  readonly process: ChildProcess;
  readonly url: string;
}

/** What of `GET /v1/status` benchmarks look at. */
export interface LiveStatus {
  readonly waitingLines: number;
  readonly accepted: number;
  readonly repeats: number;
  readonly judge: { readonly closedTick: string; readonly backlogTicks: number } | null;
}

const ROOT = join(import.meta.dirname, "../..");

/** Starts one on a data folder and resolves when it listens. What it says goes to this process's stderr. */
export async function startServer(data: string, more: readonly string[]): Promise<LiveServer> {
  const server = spawn(process.execPath, ["src/cli/main.ts", "serve", "--data", data, ...more], {
    cwd: ROOT,
    stdio: ["ignore", "inherit", "pipe"],
  });
  for await (const line of createInterface({ input: server.stderr })) {
    const url = /^Listening on (\S+)\.$/.exec(line)?.[1];
    if (url === undefined) process.stderr.write(`${line}\n`);
    else {
      server.stderr.pipe(process.stderr);
      return { process: server, url };
    }
  }
  throw new Error("the server did not start");
}

/** The process of its warehouse as it is now: another one after it was killed; 0 where none runs. */
export function engineOf({ process: server }: LiveServer): number {
  return childrenOf(server.pid ?? 0)[0] ?? 0;
}

/** Asks it to end, and waits until it has. */
export async function stopServer({ process: server }: LiveServer): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, "exit");
  server.kill("SIGTERM");
  await ended;
}

/** How it does. Throws where it doesn't answer. */
export async function statusOf(url: string): Promise<LiveStatus> {
  return (await (await fetch(`${url}/v1/status`)).json()) as LiveStatus;
}

/** Least squares of values over times: by how much they grow in one unit of time. */
export function slopeOf(points: readonly (readonly [time: number, value: number])[]): number {
  const mean = (of: 0 | 1): number =>
    points.reduce((sum, point) => sum + point[of], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const top = points.reduce((sum, [time, value]) => sum + (time - x) * (value - y), 0);
  return top / points.reduce((sum, [time]) => sum + (time - x) ** 2, 0);
}
