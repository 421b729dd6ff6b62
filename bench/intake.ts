/**
 * `npm run bench -- intake [--seconds 60] [--rate 15000] [--bytes 2000] [--batch 250] [--connections 8] [--tick 1m] [--data DIR]`:
 * sends exchanges over loopback to a real `stillwatch serve` at a steady rate, which judges every tick. Server, its
 * warehouse process and the sender are processes of their own. Prints what was acknowledged, how far the warehouse lagged behind, the processor
 * time an exchange takes in each of them (which a busy machine inflates less than seconds), and how their memory grew.
 * A line every ten seconds on stderr.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import type { SendOrder, SendReport } from "./material/intake/sender.ts";
import { engineOf, slopeOf, startServer, statusOf, stopServer } from "./material/live-server.ts";
import { processUse } from "./material/process-use.ts";

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "60" },
    rate: { type: "string", default: "15000" },
    bytes: { type: "string", default: "2000" },
    batch: { type: "string", default: "250" },
    connections: { type: "string", default: "8" },
    accounts: { type: "string", default: "20000" },
    tick: { type: "string", default: "1m" },
    data: { type: "string" },
  },
});
/** The first half is left out of slopes: caches fill, the engine compiles its patterns, the judge meets its groups. */
const SETTLING_SHARE = 0.5;

const folder = values.data ?? mkdtempSync(join(tmpdir(), "stillwatch-bench-"));
try {
  await main();
} finally {
  if (values.data === undefined) rmSync(folder, { recursive: true, force: true });
}

/** What is seen once a second. Bytes, processor seconds. */
interface Look {
  readonly at: number;
  readonly acknowledged: number;
  readonly waitingLines: number;
  readonly server: number;
  readonly engine: number;
}

async function main(): Promise<void> {
  const judging = ["--tick", values.tick, "--lateness", "5s"];
  const live = await startServer(folder, [
    "--listen",
    "127.0.0.1:0",
    "--keep-text",
    "0",
    ...judging,
  ]);
  const { process: server, url } = live;
  const engine = engineOf(live);
  const sender = fork(join(import.meta.dirname, "material/intake/sender.ts"), { stdio: "inherit" });
  const order: SendOrder = {
    url: `${url}/v1/exchanges`,
    seconds: Number(values.seconds),
    rate: Number(values.rate),
    bytes: Number(values.bytes),
    batch: Number(values.batch),
    connections: Number(values.connections),
    accounts: Number(values.accounts),
  };
  const looks: Look[] = [];
  const latencies: number[] = [];
  let last: SendReport | undefined;
  const ready = once(sender, "message");
  sender.send(order);
  await ready;
  const before = { server: processUse(server.pid ?? 0), engine: processUse(engine) };
  const from = performance.now();
  sender.on("message", (report: SendReport) => {
    last = report;
    for (const one of report.latencies) latencies.push(one);
  });
  const ended = once(sender, "exit");
  sender.send("go");
  while (sender.exitCode === null) {
    await Promise.race([wait(1_000), ended]);
    const state = await statusOf(url);
    const look = {
      at: (performance.now() - from) / 1_000,
      acknowledged: last?.acknowledged ?? 0,
      waitingLines: state.waitingLines,
      server: processUse(server.pid ?? 0).bytes,
      engine: processUse(engine).bytes,
    };
    looks.push(look);
    if (looks.length % 10 === 0) process.stderr.write(`${lookLine(look)}\n`);
  }
  const seconds = (performance.now() - from) / 1_000;
  const lag = (await statusOf(url)).waitingLines;
  const drained = performance.now();
  while ((await statusOf(url)).waitingLines > 0) await wait(200);
  const drainSeconds = (performance.now() - drained) / 1_000;
  const state = await statusOf(url);
  const after = { server: processUse(server.pid ?? 0), engine: processUse(engine) };
  await stopServer(live);
  if (last === undefined) throw new Error("the sender said nothing");
  const count = last.acknowledged;
  if (state.accepted !== count) {
    throw new Error(`${count} were acknowledged and ${state.accepted} are in the warehouse`);
  }
  print(
    `${count} exchanges of ${Math.round(last.bytes / count)} bytes in ${seconds.toFixed(1)} s:`,
  );
  print(`${rate(count / seconds)} a second acknowledged and in the warehouse, each once`);
  print(`${last.waited} posts told to wait; ${percentiles(latencies)}`);
  print(`${lag} waited at the end, drained in ${drainSeconds.toFixed(1)} s`);
  print(`most that waited: ${Math.max(...looks.map((look) => look.waitingLines))}`);
  const spent = {
    server: after.server.seconds - before.server.seconds,
    engine: after.engine.seconds - before.engine.seconds,
  };
  print("");
  print("process   µs of processor an exchange   MB at the end   MB an hour, by the last half");
  print(row("server", spent.server / count, after.server.bytes, slope(looks, "server")));
  print(row("engine", spent.engine / count, after.engine.bytes, slope(looks, "engine")));
  print(row("sender", last.cpuSeconds / count, undefined, undefined));
  const all = (spent.server + spent.engine + last.cpuSeconds) / count;
  print(row("all", all, undefined, undefined));
  print(`two processors that nobody else uses: ${rate(2 / all)} a second by this`);
}

/** Megabytes an hour, least squares over the last half. */
function slope(looks: readonly Look[], of: "server" | "engine"): number {
  const kept = looks.slice(Math.floor(looks.length * SETTLING_SHARE));
  return slopeOf(kept.map((look) => [look.at / 3_600, look[of] / 1e6]));
}

function percentiles(latencies: readonly number[]): string {
  const sorted = latencies.toSorted((a, b) => a - b);
  const at = (share: number): string =>
    (sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(0);
  return `answers after ${at(0.5)} ms (median), ${at(0.99)} ms (99 %), ${at(1)} ms (longest)`;
}

function lookLine({ at, acknowledged, waitingLines, server, engine }: Look): string {
  return `[${at.toFixed(0)} s] ${acknowledged} acknowledged, ${waitingLines} waiting, server ${megabytes(server)} MB, engine ${megabytes(engine)} MB`;
}

function row(name: string, seconds: number, bytes?: number, growth?: number): string {
  return `${name.padEnd(10)}${(seconds * 1e6).toFixed(1).padStart(27)}${(bytes === undefined ? "" : megabytes(bytes)).padStart(16)}${(growth === undefined ? "" : growth.toFixed(0)).padStart(30)}`;
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0);
}

function rate(count: number): string {
  return Math.round(count).toLocaleString("en");
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
