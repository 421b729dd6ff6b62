import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import type { ScanResult } from "../../src/core/assessment.ts";
import { type Ledger, openLedger } from "../../src/ledger/open-ledger.ts";
import { DAY } from "../../src/range/world.ts";
import { type PostgresCluster, startCluster } from "../ledger/postgres-cluster.ts";
import { openScanBench, type ScanBench, type WorldFiles } from "../judge/scan-bench.ts";
import { serveLocally } from "./serve-locally.ts";
import { plantedWorld, UNTIL } from "../judge/worlds.ts";

const CHILD = join(import.meta.dirname, "node-child.ts");
/** How long a busy machine may take to judge four days. */
const BUSY_MS = 120_000;
const NOW = new Date(UNTIL.getTime() + DAY);

interface Node {
  readonly url: string;
  readonly child: ChildProcess;
  readonly ended: Promise<unknown>;
}

let cluster: PostgresCluster;
let bench: ScanBench;
let world: WorldFiles;

beforeAll(async () => {
  cluster = await startCluster();
  bench = openScanBench();
  world = await bench.world(plantedWorld(6));
});
afterAll(async () => {
  bench.close();
  await cluster.stop();
});

async function start(dataDir: string, ledgerUrl: string): Promise<Node> {
  const args = [CHILD, dataDir, ledgerUrl, NOW.toISOString()];
  const child = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const ended = once(child, "exit");
  const [said] = (await once(child.stdout, "data")) as [Buffer];
  return { url: said.toString().trim(), child, ended };
}

async function send({ url }: Pick<Node, "url">): Promise<void> {
  const headers = { "content-type": "application/x-ndjson" };
  const post = async (path: string, file: string): Promise<void> => {
    const body = readFileSync(file);
    expect((await fetch(`${url}${path}`, { method: "POST", headers, body })).status).toBe(200);
  };
  await post("/v1/accounts", world.accounts);
  await post("/v1/exchanges", world.exchanges);
}

/** What a node answers of groups: its result, or the code of the reason why it has none. */
async function groupsOf({ url }: Pick<Node, "url">): Promise<ScanResult | string> {
  const body = (await (await fetch(`${url}/v1/groups`)).json()) as ScanResult & { code?: string };
  return body.code ?? body;
}

const judges = async (node: Pick<Node, "url">): Promise<boolean> =>
  typeof (await groupsOf(node)) !== "string";

async function opened(ledger: Ledger): Promise<number> {
  const rows = await ledger.read((store) =>
    store.selectFrom("audit").select("sequence").where("action", "=", "case.opened").execute(),
  );
  return rows.length;
}

describe("two servers that share a ledger in PostgreSQL", () => {
  it("judge by turns: one alone, the other when the first was killed, and no case is opened twice", async () => {
    const ledgerUrl = await cluster.database();
    const folders = [bench.dataDir(), bench.dataDir()] as const;
    const ledger = await openLedger({ dataDir: folders[0], url: ledgerUrl, now: () => NOW });
    onTestFinished(() => ledger.close());
    copyFileSync(join(folders[0], "ledger-keys.json"), join(folders[1], "ledger-keys.json"));
    let first = await start(folders[0], ledgerUrl);
    const second = await start(folders[1], ledgerUrl);
    await send(first);
    await expect.poll(() => judges(first), { timeout: BUSY_MS }).toBe(true);
    await send(second);
    await expect.poll(() => groupsOf(second), { timeout: BUSY_MS }).toBe("SW_STANDBY");
    const before = (await groupsOf(first)) as ScanResult;
    expect(before.groups.map(({ assessment }) => assessment)).toContain("campaign");
    await expect.poll(() => opened(ledger)).toBeGreaterThan(0);
    const cases = await opened(ledger);
    expect((await fetch(`${second.url}/ready`)).status).toBe(200);

    first.child.kill("SIGKILL");
    await first.ended;
    await expect.poll(() => judges(second), { timeout: BUSY_MS }).toBe(true);
    expect(((await groupsOf(second)) as ScanResult).groups).toEqual(before.groups);
    first = await start(folders[0], ledgerUrl);
    await expect.poll(() => groupsOf(first), { timeout: BUSY_MS }).toBe("SW_STANDBY");

    second.child.stdin!.end();
    await second.ended;
    await expect.poll(() => judges(first), { timeout: BUSY_MS }).toBe(true);
    first.child.stdin!.end();
    await first.ended;
    expect(await opened(ledger)).toBe(cases);
  });
});

describe("a server whose ledger goes away", () => {
  it("takes lines as ever, says so, and judges when it is back", async () => {
    const away = await startCluster();
    onTestFinished(() => away.stop());
    const notices: unknown[] = [];
    const dataDir = bench.dataDir();
    const serving = await serveLocally(dataDir, {
      ledgerUrl: await away.database(),
      leaseMs: 1_000,
      now: () => NOW,
      judging: { q: 0.01, tickSeconds: 6 * 3_600, latenessSeconds: 0, wakeMs: 200 },
      onNotice: (_, error) => notices.push(error),
    });
    onTestFinished(async () => void (await serving.close()));
    await away.pause();
    await send({ url: serving.url });
    await expect.poll(() => serving.state().waitingLines, { timeout: BUSY_MS }).toBe(0);
    const failed = expect.objectContaining({ code: "SW_LEDGER_FAILED" });
    await expect.poll(() => notices, { timeout: BUSY_MS }).toContainEqual(failed);
    const said = () => groupsOf({ url: serving.url });
    await expect.poll(said, { timeout: BUSY_MS }).toBe("SW_STANDBY");
    await away.resume();
    await expect.poll(() => judges({ url: serving.url }), { timeout: BUSY_MS }).toBe(true);
  });
});
