/**
 * `npm run bench -- soak [--minutes 30] [--world 'mix 1'] [--scale SHARE] [--seed 1] [--data DIR]`: sends a world of the
 * range, operations and all, to a real `stillwatch serve` over the minutes given, out of order within the lateness, while
 * the server and its warehouse process are killed, stopped and started again, bodies end early, and posts come twice. What
 * the server then says of the groups must be what a scan of the world's files says, or it fails with exit code 1.
 * The last third of the time nothing is killed: memory and disk are measured there. A line every half minute on stderr.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { text } from "node:stream/consumers";
import { setTimeout as wait } from "node:timers/promises";
import { isDeepStrictEqual, parseArgs } from "node:util";
import type { ScanResult } from "../src/core/assessment.ts";
import { makeRandom, type Random } from "../src/range/random.ts";
import {
  engineOf,
  type LiveServer,
  slopeOf,
  startServer,
  statusOf,
  stopServer,
} from "./material/live-server.ts";
import { processUse } from "./material/process-use.ts";

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "30" },
    world: { type: "string", default: "mix 1" },
    scale: { type: "string" },
    seed: { type: "string", default: "1" },
    data: { type: "string" },
  },
});
const ROOT = join(import.meta.dirname, "..");
const HOUR = 3_600_000;
const LATENESS = 6 * HOUR;
/** By how much a line may come late: less than the lateness, as a kill holds up those that are on their way. */
const MOST_LATE = 3 * HOUR;
const BATCH_SECONDS = 1;
const FAULT_SECONDS = 20;
const LOOK_SECONDS = 2;
const minutes = Number(values.minutes);
const random = makeRandom(`soak ${values.seed}`);
const folder = values.data ?? mkdtempSync(join(tmpdir(), "stillwatch-soak-"));
const world = join(folder, "world");
const data = join(folder, "data");

interface Line {
  readonly text: string;
  readonly at: number;
}

/** What was measured while nothing was killed. */
interface Look {
  readonly seconds: number;
  readonly sent: number;
  readonly server: number;
  readonly engine: number;
  readonly disk: number;
}

interface Fault {
  readonly name: string;
  readonly fault: (own: Random) => Promise<unknown> | void;
}

const HARD: readonly Fault[] = [
  { name: "server killed", fault: () => void server.process.kill("SIGKILL") },
  { name: "warehouse process killed", fault: killEngine },
  { name: "server asked to end", fault: () => void server.process.kill("SIGTERM") },
];

/** The server as it is now: another one after each kill. */
let server: LiveServer;
const ending = new AbortController();
const faults = new Map<string, number>();
const looks: Look[] = [];
let sent = 0;

try {
  process.exitCode = await main();
} finally {
  server!.process.kill("SIGKILL");
  if (values.data === undefined) rmSync(folder, { recursive: true, force: true });
}

async function main(): Promise<number> {
  mkdirSync(data, { recursive: true, mode: 0o700 });
  await cli(["range", "make", "reported", values.world, "--quiet", "--folder", world, ...more()]);
  const { batches, said, last } = arrivals();
  server = await startServer(data, serveWords("0"));
  const port = new URL(server.url).port;
  const keeping = keepRunning(port);
  const started = performance.now();
  const breaking = breakThings(started, batches);
  const looking = lookOn(started);
  await sendAll(batches, said, started);
  const closing = new Date(last + LATENESS + 2 * HOUR).toISOString();
  await post(
    "exchanges",
    `{"id":"soak_end","time":"${closing}","account":"soak","usage":{"input":1,"output":1}}\n`,
  );
  ending.abort();
  await breaking;
  const live = await groupsAt(Math.floor((last + HOUR) / HOUR) * HOUR);
  await looking;
  const status = await statusOf(server.url);
  await stopServer(server);
  await keeping;
  const lines = batches.reduce((sum, batch) => sum + batch.length, 0);
  const scanned = await scanWorld();
  const same = isDeepStrictEqual(live.groups, scanned.groups);
  const all = live.exchanges === lines + 1 && scanned.exchanges === lines;
  print(`${lines} exchanges in ${minutes} minutes of a world of ${spanDays(batches)} days`);
  print(`faults: ${[...faults].map(([name, count]) => `${count} × ${name}`).join(", ")}`);
  print(`repeats left out since the last start: ${status.repeats}`);
  print(
    `exchanges: ${all ? "each of them counted once" : `${live.exchanges} served, ${scanned.exchanges} scanned`}`,
  );
  print(
    `groups: ${describe(live)}; a scan of the files: ${same ? "the same, to the byte" : describe(scanned)}`,
  );
  printSlopes();
  return same && all ? 0 : 1;
}

function serveWords(port: string): readonly string[] {
  return ["--listen", `127.0.0.1:${port}`, "--tick", "1h", "--lateness", `${LATENESS / HOUR}h`];
}

function more(): readonly string[] {
  const scale = values.scale === undefined ? [] : ["--scale", values.scale];
  return ["--seed", values.seed, ...scale];
}

/** The world's lines in the order they arrive, cut into as many posts as there are seconds; accounts in the order they are told. */
function arrivals(): {
  readonly batches: readonly (readonly Line[])[];
  readonly said: readonly Line[];
  readonly last: number;
} {
  const lines = linesOf("exchanges.ndjson");
  const late = random.fork("lateness");
  const arriving = lines
    .map(({ text: line, at }) => ({ text: line, at: at + late.whole(0, MOST_LATE) }))
    .toSorted((a, b) => a.at - b.at);
  const posts = Math.max(1, Math.round((minutes * 60) / BATCH_SECONDS));
  const size = Math.ceil(arriving.length / posts);
  const batches = Array.from({ length: Math.ceil(arriving.length / size) }, (_, i) =>
    arriving.slice(i * size, (i + 1) * size),
  );
  const said = linesOf("accounts.ndjson").toSorted((a, b) => a.at - b.at);
  return { batches, said, last: Math.max(...lines.map(({ at }) => at)) };
}

/** 0 where a line says no time. */
function linesOf(file: string): readonly Line[] {
  const all = readFileSync(join(world, file), "utf8").trimEnd().split("\n");
  return all.map((line) => {
    const { time } = JSON.parse(line) as { readonly time?: string };
    return { text: line, at: time === undefined ? 0 : Date.parse(time) };
  });
}

/** One post after the other, each again until it is acknowledged, at the pace of the clock. */
async function sendAll(
  batches: readonly (readonly Line[])[],
  said: readonly Line[],
  started: number,
): Promise<void> {
  const each = (minutes * 60_000) / batches.length;
  let told = 0;
  for (const [number, batch] of batches.entries()) {
    const pause = started + number * each - performance.now();
    if (pause > 0) await wait(pause);
    const until = batch.at(-1)!.at + HOUR;
    const due = said.slice(told).filter(({ at }) => at < until);
    told += due.length;
    if (due.length > 0) await post("accounts", bodyOf(due));
    await post("exchanges", bodyOf(batch));
    sent += batch.length;
  }
}

function bodyOf(lines: readonly Line[]): string {
  return lines.map((line) => `${line.text}\n`).join("");
}

/** Posts until it is acknowledged. A refusal is no fault of the server's, so it ends the run. */
async function post(what: "accounts" | "exchanges", body: string): Promise<void> {
  for (;;) {
    const status = await tryPost(what, body);
    if (status === 200) return;
    if (status >= 400 && status < 500 && status !== 429) throw new Error(`${what}: ${status}`);
    await wait(250);
  }
}

/** 0 where there was no answer. */
async function tryPost(what: string, body: string): Promise<number> {
  try {
    const headers = { "content-type": "application/x-ndjson" };
    const answer = await fetch(`${server.url}/v1/${what}`, { method: "POST", headers, body });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return 0;
  }
}

/** Starts another server whenever one ends, as whoever watches over a service would. */
async function keepRunning(port: string): Promise<void> {
  for (;;) {
    const { process: child } = server;
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    if (ending.signal.aborted && child.exitCode === 0) return;
    server = await startServer(data, serveWords(port));
  }
}

/** Breaks something every while; kills in the first two thirds only. */
async function breakThings(started: number, batches: readonly (readonly Line[])[]): Promise<void> {
  const own = random.fork("faults");
  const mild = mildFaults(batches);
  for (;;) {
    const next = performance.now() + FAULT_SECONDS * 1_000 * (0.5 + own.next());
    while (performance.now() < next && !ending.signal.aborted) await wait(200);
    if (ending.signal.aborted) return;
    const early = performance.now() - started < (minutes * 60_000 * 2) / 3;
    const { name, fault } = own.pick(early && own.chance(0.5) ? HARD : mild);
    faults.set(name, (faults.get(name) ?? 0) + 1);
    await fault(own);
  }
}

/** Nothing where none runs at the moment: process 0 would be everybody. */
function killEngine(): void {
  const engine = engineOf(server);
  if (engine > 0) process.kill(engine, "SIGKILL");
}

function mildFaults(batches: readonly (readonly Line[])[]): readonly Fault[] {
  const each = batches[0]!.length;
  return [
    {
      name: "post sent again",
      fault: (own) =>
        tryPost("exchanges", bodyOf(batches[own.whole(0, Math.max(0, sent / each - 1))]!)),
    },
    { name: "body cut off", fault: (own) => cutBody(bodyOf(own.pick(batches))) },
    { name: "nonsense sent", fault: () => tryPost("exchanges", "nonsense\n{}\n") },
    {
      name: "server stopped for 3 s",
      fault: async () => {
        const { process: child } = server;
        child.kill("SIGSTOP");
        await wait(3_000);
        child.kill("SIGCONT");
      },
    },
  ];
}

/** Says a length, sends half of it and hangs up. */
async function cutBody(body: string): Promise<void> {
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname).on("error", () => socket.destroy());
  const head = `POST /v1/exchanges HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-ndjson\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n`;
  socket.write(head + body.slice(0, body.length / 2));
  await wait(300);
  socket.destroy();
}

/** Measures now and then until all is sent. */
async function lookOn(started: number): Promise<void> {
  for (let number = 1; !ending.signal.aborted; number++) {
    await wait(LOOK_SECONDS * 1_000);
    const look: Look = {
      seconds: (performance.now() - started) / 1_000,
      sent,
      server: processUse(server.process.pid ?? 0).bytes,
      engine: processUse(engineOf(server)).bytes,
      disk: await folderBytes(data),
    };
    looks.push(look);
    if (number % 15 !== 0) continue;
    const megabytes = [look.server, look.engine, look.disk].map((bytes) =>
      (bytes / 1e6).toFixed(0),
    );
    process.stderr.write(
      `[${look.seconds.toFixed(0)} s] ${sent} sent, server ${megabytes[0]} MB, engine ${megabytes[1]} MB, disk ${megabytes[2]} MB\n`,
    );
  }
}

/** Bytes of all files below a folder; files may go while it looks. */
async function folderBytes(path: string): Promise<number> {
  const entries = await readdir(path, { withFileTypes: true, recursive: true }).catch(() => []);
  const sizes = entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      stat(join(entry.parentPath, entry.name)).then(
        ({ size }) => size,
        () => 0,
      ),
    );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** What the server says when everything before a time is judged. */
async function groupsAt(time: number): Promise<ScanResult> {
  for (;;) {
    const status = await statusOf(server.url).catch(() => undefined);
    const closed = Date.parse(status?.judge?.closedTick ?? "");
    if (status?.waitingLines === 0 && closed >= time) {
      return (await (await fetch(`${server.url}/v1/groups`)).json()) as ScanResult;
    }
    await wait(1_000);
  }
}

/** A scan of the world's files, keyed by the same secret: fingerprints, and so what is drawn from them, are the same. */
async function scanWorld(): Promise<ScanResult> {
  const other = join(folder, "scanned");
  mkdirSync(other, { recursive: true, mode: 0o700 });
  copyFileSync(join(data, "secrets.json"), join(other, "secrets.json"));
  const files = [join(world, "exchanges.ndjson"), "--accounts", join(world, "accounts.ndjson")];
  const said = await cli([
    "scan",
    ...files,
    "--data",
    other,
    "--no-power",
    "--quiet",
    "--json",
    "-",
  ]);
  return JSON.parse(said) as ScanResult;
}

/** Runs a command of ours and answers what it printed; flagged groups are exit code 10. */
async function cli(words: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, ["src/cli/main.ts", ...words], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [said, [code]] = await Promise.all([text(child.stdout), once(child, "exit")]);
  if (code !== 0 && code !== 10) throw new Error(`stillwatch ${words[0]} ended with ${code}`);
  return said;
}

function describe({ groups }: ScanResult): string {
  const flagged = groups.filter(({ assessment }) => assessment === "campaign").length;
  return `${flagged} campaigns among ${groups.length} groups`;
}

function spanDays(batches: readonly (readonly Line[])[]): string {
  return ((batches.at(-1)!.at(-1)!.at - batches[0]![0]!.at) / (24 * HOUR)).toFixed(1);
}

/** Of the last third, when nothing was killed, without its first minute. */
function printSlopes(): void {
  const from = minutes * 40 + Math.min(60, minutes * 2);
  const quiet = looks.filter(({ seconds }) => seconds > from && seconds < minutes * 60);
  const hours = (of: "server" | "engine"): string =>
    (slopeOf(quiet.map((look) => [look.seconds / 3_600, look[of] / 1e6])) || 0).toFixed(0);
  const disk = slopeOf(quiet.map((look) => [look.sent / 1_000, look.disk / 1e6])) || 0;
  const end = quiet.at(-1);
  print(
    `last third: server ${((end?.server ?? 0) / 1e6).toFixed(0)} MB, growing by ${hours("server")} MB an hour; engine ${((end?.engine ?? 0) / 1e6).toFixed(0)} MB, ${hours("engine")} MB an hour; disk ${((end?.disk ?? 0) / 1e6).toFixed(0)} MB, ${disk.toFixed(2)} MB a thousand exchanges`,
  );
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
