import { mkdtempSync, readdirSync, readFileSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Serving } from "../../src/server/serve.ts";
import { exchange, NOW, openBench } from "../ingest/intake-bench.ts";
import { serveLocally } from "./serve-locally.ts";

const DAY = 86_400_000;
const dataDir = mkdtempSync(join(tmpdir(), "stillwatch-faults-"));
const notices: unknown[] = [];
let serving: Serving;
let clock = NOW;

async function open(leastFree: number): Promise<Serving> {
  return serveLocally(dataDir, {
    keepDays: 500,
    leastFree,
    now: () => clock,
    onNotice: (notice, error) => notices.push([notice, (error as { code?: string })?.code]),
  });
}

beforeAll(async () => {
  serving = await open(0);
}, 240_000);
afterAll(() => serving.close(), 240_000);

async function post(path: string, ...lines: readonly object[]): Promise<unknown> {
  const answer = await fetch(`${serving.url}/v1/${path}`, {
    method: "POST",
    headers: { "content-type": "application/x-ndjson" },
    body: lines.map((line) => `${JSON.stringify(line)}\n`).join(""),
  });
  const { code } = (await answer.json()) as { readonly code?: string };
  return code ?? answer.status;
}
const at = (number: number, days: number): object =>
  exchange(number, { time: new Date(NOW.getTime() + days * DAY).toISOString() });
const accepted = (): number => serving.state().accepted;
const PATIENCE = { timeout: 200_000 };

/** The files of the parts of a day's exchanges. */
function partsOf(day: string): readonly string[] {
  const store = join(dataDir, "store");
  const names = readdirSync(store, { recursive: true, encoding: "utf8" });
  return names.filter((name) => name.includes(`/${day}_`) && name.endsWith("/data.bin"));
}

it(
  "keeps what was promised when the machine's clock jumps a day back or forward, and goes on",
  { timeout: 240_000 },
  async () => {
    expect(await post("exchanges", at(1, 0.9), at(2, -399.9))).toBe(200);
    clock = new Date(NOW.getTime() - DAY);
    expect(await post("exchanges", at(3, -1))).toBe(200);
    clock = new Date(NOW.getTime() + DAY);
    expect(await post("exchanges", at(4, 0))).toBe(200);
    await expect.poll(accepted, PATIENCE).toBe(4);
    clock = NOW;
    expect(serving.state()).toMatchObject({ rejected: 0, waitingLines: 0 });
  },
);

it(
  "sets a damaged part of the warehouse aside, says so, and serves the rest",
  { timeout: 240_000 },
  async () => {
    expect(await post("exchanges", ...[10, 11, 12].map((number) => at(number, -5)))).toBe(200);
    await expect.poll(accepted, PATIENCE).toBe(7);
    for (const name of partsOf("20260426")) {
      const path = join(dataDir, "store", name);
      const bytes = readFileSync(path);
      for (let byte = 60; byte < bytes.length - 60; byte++) bytes[byte] = (bytes[byte] ?? 0) ^ 0x55;
      writeFileSync(path, bytes);
    }
    expect(await post("exchanges", at(11, -5))).toBe(200);
    await expect.poll(accepted, PATIENCE).toBe(8);
    expect(notices).toEqual([
      ["failure", "SW_PARTS_ASIDE"],
      ["stuck", "SW_WAREHOUSE_FAILED"],
      ["freed", undefined],
    ]);
  },
);

it(
  "says at the next start which parts stand aside, and when the disk fills refuses accounts last",
  { timeout: 240_000 },
  async () => {
    await serving.close();
    notices.length = 0;
    const { bavail, bsize } = statfsSync(dataDir);
    serving = await open(bavail * bsize * 1.5);
    expect(notices).toEqual([["failure", "SW_PARTS_ASIDE"]]);
    expect(await post("exchanges", at(20, 0))).toBe("SW_DISK_LOW");
    expect(await post("accounts", { account: "acct_1", text: "none" })).toBe(200);
    expect(await post("litellm", at(21, 0))).toBe(200);
    await serving.close();
    serving = await open(1e18);
    expect(await post("accounts", { account: "acct_1", text: "none" })).toBe("SW_DISK_LOW");
    const health = await fetch(`${serving.url}/health`);
    expect(health.status).toBe(200);
    await serving.close();
    const bench = await openBench(dataDir);
    const rows = await bench.ask("SELECT id FROM exchanges ORDER BY id");
    expect(rows.map(({ id }) => id)).toEqual(["ex_1", "ex_11", "ex_2", "ex_21", "ex_3", "ex_4"]);
    await bench.close();
  },
);
