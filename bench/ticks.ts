/**
 * What judging every tick costs beside taking the same exchanges in.
 * Usage: npm run bench -- ticks [--exchanges 300000] [--days 45] [--tick 3600] [--accounts N/60] [--campaigns 5] [--seed 1]
 * Bodies are short (lines of about 600 bytes), which makes ingest cheaper than real traffic's and the ratio worse.
 * Progress on stderr, the table on stdout.
 */
import { join } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { silent } from "../src/core/progress.ts";
import { loadSecret } from "../src/ingest/installation-secret.ts";
import { loadFiles } from "../src/ingest/load-files.ts";
import { deriveFeatures } from "../src/judge/derive-features.ts";
import { judgeTraffic, spanOfDays } from "../src/judge/judge-traffic.ts";
import { trafficTotals } from "../src/warehouse/statements.gen.ts";
import { writeLines } from "./material/exchange-lines.ts";
import { type BenchWarehouse, inWarehouse } from "./material/in-warehouse.ts";
import { childrenSeconds, peakMemory } from "./material/peak-memory.ts";
import { shortLines } from "./material/short-lines.ts";

const { values } = parseArgs({
  options: {
    exchanges: { type: "string", default: "300000" },
    days: { type: "string", default: "45" },
    tick: { type: "string", default: "3600" },
    accounts: { type: "string", default: "" },
    campaigns: { type: "string", default: "5" },
    seed: { type: "string", default: "1" },
  },
});
const exchanges = Number(values.exchanges);
const campaigns = Number(values.campaigns);
const campaignAccounts = Math.max(20, Math.round(exchanges / 10_000));
const NOW = new Date("2026-05-01T12:00:00Z");
const DAY = 86_400_000;
const MOST_LINES = 2_000_000;
const startedAt = performance.now();

await inWarehouse(run);

async function run(bench: BenchWarehouse): Promise<void> {
  const { warehouse } = bench;
  const load = await loadWorld(bench);
  const link = await timed(() => deriveFeatures(warehouse, silent));
  note(`keys linked in ${link.wall.toFixed(1)} s`);
  const [totals] = await warehouse.rows(trafficTotals, {});
  if (totals === undefined) throw new Error("trafficTotals answers one row");
  let judged: Awaited<ReturnType<typeof judgeTraffic>> | undefined;
  let noted = 0;
  const judging = await timed(async () => {
    judged = await judgeTraffic(warehouse, {
      tickSeconds: Number(values.tick),
      q: 0.01,
      seed: Number(values.seed),
      span: spanOfDays(totals.first_day, totals.last_day),
      exchanges,
      progress: ({ done }) => {
        if (done < noted + exchanges / 10) return;
        noted = done;
        note(`${done} of ${exchanges} judged`);
      },
    });
  });
  const lineages = judged?.judge.lineages ?? [];
  const flagged = lineages.filter(({ flaggedAt }) => flaggedAt > 0).length;
  const ticks = Math.round((Number(values.days) * 86_400) / Number(values.tick));
  const { own, children } = peakMemory();
  const ingest = load.wall + link.wall;
  const row = (name: string, { wall, own: mine, engine }: Spent): string =>
    `${name.padEnd(10)}${wall.toFixed(1).padStart(8)}${Math.round(exchanges / wall)
      .toLocaleString("en")
      .padStart(14)}${mine.toFixed(1).padStart(14)}${engine.toFixed(1).padStart(14)}`;
  print([
    `${exchanges} exchanges of ${totals.accounts} accounts over ${values.days} days, ${ticks} ticks of ${values.tick} s; ${campaigns} campaigns of ${campaignAccounts} accounts`,
    "stage       wall s   exchanges/s   own cpu s  engine cpu s",
    row("load", load),
    row("link", link),
    row("judge", judging),
    `judging takes ${(judging.wall / ingest).toFixed(2)} times ingest (load and link; goal: at most 2.00), ${(judging.wall / load.wall).toFixed(2)} times load alone`,
    `${((judging.wall / ticks) * 1000).toFixed(1)} ms a tick; ${lineages.length} lineages at the end, ${flagged} flagged`,
    `peak resident memory: warehouse ${children} MB, own ${own} MB`,
  ]);
}

/** Loads the world in files of at most two million lines; making them is outside the clock. */
async function loadWorld({ warehouse, dataDir, folder }: BenchWarehouse): Promise<Spent> {
  const secret = await loadSecret(dataDir);
  const path = join(folder, "lines.ndjson");
  const next = shortLines({
    seed: Number(values.seed),
    exchanges,
    accounts: values.accounts === "" ? Math.ceil(exchanges / 60) : Number(values.accounts),
    campaigns,
    campaignAccounts,
    from: NOW.getTime() - Number(values.days) * DAY,
    until: NOW.getTime(),
  });
  const sum = { wall: 0, own: 0, engine: 0 };
  for (let done = 0; done < exchanges;) {
    const making = performance.now();
    const made = await writeLines(path, next, { lines: Math.min(MOST_LINES, exchanges - done) });
    done += made.lines;
    const seconds = (performance.now() - making) / 1000;
    note(`${made.lines} lines, ${Math.round(made.bytes / 1e6)} MB made in ${seconds.toFixed(1)} s`);
    const spent = await timed(async () => {
      const totals = await loadFiles({
        warehouse,
        files: [path],
        dataDir,
        secret,
        keepTextDays: 0,
        now: NOW,
        progress: silent,
      });
      if (totals.accepted !== made.lines) throw new Error(`${totals.accepted} lines were accepted`);
    });
    sum.wall += spent.wall;
    sum.own += spent.own;
    sum.engine += spent.engine;
    note(`${done} of ${exchanges} loaded`);
  }
  return sum;
}

/** Seconds: of the clock, of this process's processor time, of the warehouse's. */
interface Spent {
  readonly wall: number;
  readonly own: number;
  readonly engine: number;
}

async function timed(work: () => Promise<unknown>): Promise<Spent> {
  const engine = childrenSeconds();
  const cpu = process.cpuUsage();
  const from = performance.now();
  await work();
  const { user, system } = process.cpuUsage(cpu);
  return {
    wall: (performance.now() - from) / 1000,
    own: (user + system) / 1e6,
    engine: childrenSeconds() - engine,
  };
}

function print(rows: readonly string[]): void {
  process.stdout.write(`${rows.join("\n")}\n`);
}

function note(text: string): void {
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  process.stderr.write(`[${seconds} s] ${text}\n`);
}
