import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Group, ScanResult } from "../../src/core/assessment.ts";
import { silent } from "../../src/core/progress.ts";
import { judgeTraffic, spanOfDays } from "../../src/judge/judge-traffic.ts";
import { reportGroups } from "../../src/judge/report-groups.ts";
import { launch } from "../../src/range/campaigns/blueprint.ts";
import { agenticHarvest } from "../../src/range/campaigns/reported.ts";
import { makeRandom, type Random } from "../../src/range/random.ts";
import { DAY, HOUR, MINUTE } from "../../src/range/world.ts";
import { serve, type Serving } from "../../src/server/serve.ts";
import type { Warehouse } from "../../src/warehouse/open-warehouse.ts";
import { trafficTotals } from "../../src/warehouse/statements.gen.ts";
import { openScanBench, type ScanBench } from "../judge/scan-bench.ts";
import { plantedWorld, UNTIL } from "../judge/worlds.ts";

interface Line {
  readonly account: string;
  readonly time: string;
  readonly part?: string;
  readonly request?: unknown;
  readonly response?: unknown;
  readonly usage?: unknown;
}

const TICK = HOUR;
const LATENESS = 30 * MINUTE;
const PIECES = 8;

let bench: ScanBench;
let dataDir: string;
let lines: readonly Line[];
let said: readonly (object & { readonly account: string; readonly time?: string })[];
let scanned: readonly Group[];
let serving: Serving | undefined;
const heard: { readonly result: ScanResult; readonly closedTick: number }[] = [];
const failures: unknown[] = [];

beforeAll(async () => {
  bench = openScanBench();
  dataDir = bench.dataDir();
  const random = makeRandom("clock");
  const planted = plantedWorld(6);
  const agents = launch(random.fork("agents"), agenticHarvest, {
    span: planted.span,
    id: "campaign-2",
    accounts: 24,
    window: planted.span,
    dials: { perDay: 8 },
  });
  const world = await bench.world({ ...planted, parts: [...planted.parts, agents] });
  lines = linesOf(world.exchanges).flatMap((line) => inParts(line as Line, random));
  said = linesOf(world.accounts).flatMap((line) => inTwo(line, random, planted.span.from));
  await bench.scan({
    files: [bench.file("all.ndjson", ndjson(lines))],
    accounts: bench.file("said.ndjson", ndjson(said)),
    inspect: async ({ warehouse }) => {
      scanned = await judgedAtOnce(warehouse);
    },
  });
});
afterAll(async () => {
  await serving?.close();
  bench.close();
});

/** What a scan finds, its keys numbered in the order in which a judge comes to know them. */
async function judgedAtOnce(warehouse: Warehouse): Promise<readonly Group[]> {
  const [totals] = await warehouse.rows(trafficTotals, {});
  const seed = Buffer.from("5a5a5a5a", "hex").readUInt32LE();
  const judged = await judgeTraffic(warehouse, {
    tickSeconds: TICK / 1000,
    q: 0.01,
    seed,
    span: spanOfDays(totals!.first_day, totals!.last_day),
    keysAreAll: false,
    exchanges: 0,
    progress: silent,
  });
  const { groups } = await reportGroups({ warehouse, ...judged, agreements: [], seed });
  return groups;
}

function linesOf(file: string): object[] {
  const text = readFileSync(file, "utf8").trimEnd();
  return text.split("\n").map((line) => JSON.parse(line) as object);
}

function ndjson(some: readonly object[]): string {
  return some.map((line) => `${JSON.stringify(line)}\n`).join("");
}

/** A third of the exchanges come in parts, their answers up to three hours after the request. */
function inParts(line: Line, random: Random): Line[] {
  if (!random.chance(1 / 3)) return [line];
  const { request, response, usage, ...envelope } = line;
  const after = (most: number): string =>
    new Date(Date.parse(line.time) + random.whole(1, most)).toISOString();
  return [
    { ...envelope, part: "request", request },
    { ...envelope, part: "response", response, time: after(3 * HOUR) },
    { ...envelope, part: "usage", usage, time: after(3 * HOUR) },
  ];
}

/** Of half of the accounts the private means are said days later. */
function inTwo(line: object, random: Random, from: number) {
  const whole = line as { readonly account: string; readonly time?: string };
  if (whole.time !== undefined || random.chance(0.5)) return [whole];
  const { payment: _, device: __, ...first } = line as Record<string, unknown>;
  const time = new Date(from + random.whole(0, 4 * DAY)).toISOString();
  return [first as typeof whole, { ...whole, time }];
}

async function open(now = new Date(UNTIL.getTime() + DAY)): Promise<Serving> {
  return serve({
    dataDir,
    host: "127.0.0.1",
    port: 0,
    keepTextDays: 0,
    mostWaiting: 1e9,
    leastFree: 0,
    gatherMs: 10,
    now: () => now,
    clock: () => performance.now(),
    onNotice: (...notice) => failures.push(notice),
    judging: {
      q: 0.01,
      tickSeconds: TICK / 1000,
      latenessSeconds: LATENESS / 1000,
      wakeMs: 1e9,
      onAssessments: (result, closedTick) => heard.push({ result, closedTick }),
    },
  });
}

async function post(path: string, some: readonly object[]): Promise<void> {
  if (some.length === 0) return;
  const headers = { "content-type": "application/x-ndjson" };
  const url = `${serving!.url}${path}`;
  const { status } = await fetch(url, { method: "POST", headers, body: ndjson(some) });
  expect(status).toBe(200);
}

/** Sends lines, waits until they are in the warehouse, and lets the clock look. */
async function send(some: readonly object[]): Promise<void> {
  await post("/v1/exchanges", some);
  await expect.poll(() => serving!.state().waitingLines, { timeout: 300_000 }).toBe(0);
  await serving!.judge!.wake();
}

/** What a line's coming late makes of its time. */
function arrivals(random: Random): readonly { readonly line: Line; readonly at: number }[] {
  return lines
    .map((line) => ({ line, at: Date.parse(line.time) + random.whole(0, LATENESS - 1) }))
    .toSorted((a, b) => a.at - b.at);
}

async function flaggedNow(): Promise<ScanResult["groups"]> {
  const answer = await fetch(`${serving!.url}/v1/groups`);
  return ((await answer.json()) as ScanResult).groups;
}

describe("a judge on a clock", () => {
  it(
    "says of traffic that comes piece by piece and out of order, with a restart between, what a scan says of it",
    { timeout: 900_000 },
    async () => {
      const arriving = arrivals(makeRandom("arrivals"));
      const size = Math.ceil(arriving.length / PIECES);
      const first = Date.parse(lines[0]!.time);
      let told = 0;
      serving = await open();
      for (let piece = 0; piece < PIECES; piece++) {
        const some = arriving.slice(piece * size, (piece + 1) * size);
        const until = some.at(-1)!.at;
        const due = said.filter(({ time }) => {
          const at = time === undefined ? first : Date.parse(time);
          return at >= told && at < until + HOUR;
        });
        told = until + HOUR;
        await post("/v1/accounts", due);
        await send(some.map(({ line }) => line));
        if (piece !== PIECES / 2) continue;
        await serving.close();
        serving = await open();
        await serving.judge!.wake();
      }
      expect(serving.judge!.state().late).toEqual({ rows: 0, lines: 0 });
      // Whatever comes two hours later closes the last tick.
      const later = new Date(UNTIL.getTime() + 5 * HOUR).toISOString();
      await send([
        { id: "ex_later", time: later, account: "acct_later", usage: { input: 1, output: 1 } },
      ]);
      expect(scanned.map(({ assessment }) => assessment)).toContain("campaign");
      expect(await flaggedNow()).toEqual(scanned);
      expect(heard.length).toBeGreaterThan(2);
      expect(failures).toEqual([]);
    },
  );
});
