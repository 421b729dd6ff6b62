import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Group, ScanResult } from "../../src/core/assessment.ts";
import { makeRandom, type Random } from "../../src/range/random.ts";
import { DAY, HOUR, MINUTE } from "../../src/range/world.ts";
import type { Serving } from "../../src/server/serve.ts";
import { ndjson, type PartedLine, partedWorld, type SaidLine } from "../judge/parted-world.ts";
import { openScanBench, type ScanBench } from "../judge/scan-bench.ts";
import { UNTIL } from "../judge/worlds.ts";
import { serveLocally } from "./serve-locally.ts";

const TICK = HOUR;
const LATENESS = 30 * MINUTE;
const PIECES = 8;

let bench: ScanBench;
let dataDir: string;
let lines: readonly PartedLine[];
let said: readonly SaidLine[];
let scanned: readonly Group[];
let serving: Serving | undefined;
const heard: { readonly result: ScanResult; readonly closedTick: number }[] = [];
const failures: unknown[] = [];

beforeAll(async () => {
  bench = openScanBench();
  dataDir = bench.dataDir();
  ({ lines, said } = await partedWorld(bench, "clock"));
  const { result } = await bench.scan({
    files: [bench.file("all.ndjson", ndjson(lines))],
    accounts: bench.file("said.ndjson", ndjson(said)),
    tickSeconds: TICK / 1000,
  });
  scanned = result.groups;
});
afterAll(async () => {
  await serving?.close();
  bench.close();
});

async function open(now = new Date(UNTIL.getTime() + DAY)): Promise<Serving> {
  return serveLocally(dataDir, {
    gatherMs: 10,
    now: () => now,
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
function arrivals(random: Random): readonly { readonly line: PartedLine; readonly at: number }[] {
  return lines
    .map((line) => ({ line, at: Date.parse(line.time) + random.whole(0, LATENESS - 1) }))
    .toSorted((a, b) => a.at - b.at);
}

async function flaggedNow(): Promise<ScanResult["groups"]> {
  const answer = await fetch(`${serving!.url}/v1/groups`);
  return ((await answer.json()) as ScanResult).groups;
}

/** Registers an agreement that every account names, and closes another tick. */
async function agree(): Promise<void> {
  const accounts = [...new Set(lines.map(({ account }) => account))];
  const time = new Date(UNTIL.getTime() + 5 * HOUR).toISOString();
  await post(
    "/v1/accounts",
    accounts.map((account) => ({
      ...said.findLast((line) => line.account === account),
      account,
      time,
      agreement: "agr_7",
    })),
  );
  const agreement = {
    id: "agr_7",
    customer: "Ada Lab",
    purpose: "research",
    accounts,
    from: "2026-01-01T00:00:00Z",
    until: "2027-01-01T00:00:00Z",
  };
  const { status } = await fetch(`${serving!.url}/v1/agreements`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ agreement, reason: "contract 118" }),
  });
  expect(status).toBe(201);
  const later = new Date(UNTIL.getTime() + 9 * HOUR).toISOString();
  await send([
    { id: "ex_later_still", time: later, account: "acct_later", usage: { input: 1, output: 1 } },
  ]);
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
      await agree();
      const covered = (await flaggedNow()).filter(({ agreement }) => agreement === "agr_7");
      expect(new Set(covered.map(({ assessment }) => assessment))).toEqual(new Set(["bulk"]));
      expect(failures).toEqual([]);
    },
  );
});
