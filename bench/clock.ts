/**
 * What a tick costs a running judge after a short and a long history of the same traffic, beside judging all anew.
 * Usage: npm run bench -- clock [--days 1,5,20] [--per-day 5000] [--tick 3600] [--ticks 6] [--accounts 2000] [--seed 1]
 * Seconds of processor, of this process and the warehouse's together: a busy machine hardly inflates them. And what the
 * judge holds by then: megabytes of this process after a collection, beyond what it held without one. Then what a
 * drain of 1,000 lines takes by the clock, alone and while all is judged anew, and for how long judging held this process.
 */
import { join } from "node:path";
import { monitorEventLoopDelay, performance } from "node:perf_hooks";
import process from "node:process";
import { parseArgs } from "node:util";
import { silent } from "../src/core/progress.ts";
import { loadSecret } from "../src/ingest/installation-secret.ts";
import { loadFiles } from "../src/ingest/load-files.ts";
import { reportJudged, seedOf } from "../src/judge/assess-traffic.ts";
import { TrafficFollower } from "../src/judge/traffic-follower.ts";
import { writeLines } from "./material/exchange-lines.ts";
import { type BenchWarehouse, inWarehouse } from "./material/in-warehouse.ts";
import { childrenSeconds, heldMegabytes } from "./material/peak-memory.ts";
import { shortLines } from "./material/short-lines.ts";

const { values } = parseArgs({
  options: {
    days: { type: "string", default: "1,5,20" },
    "per-day": { type: "string", default: "5000" },
    tick: { type: "string", default: "3600" },
    ticks: { type: "string", default: "6" },
    accounts: { type: "string", default: "2000" },
    seed: { type: "string", default: "1" },
  },
});
const DAY = 86_400;
const histories = values.days.split(",").map(Number);
const tick = Number(values.tick);
const ticks = Number(values.ticks);
const until = Date.UTC(2026, 4, 1) / 1000;
const days = Math.max(...histories) + Math.ceil((ticks * tick) / DAY);
const from = until - days * DAY;
await inWarehouse(run);

async function run(bench: BenchWarehouse): Promise<void> {
  const { warehouse } = bench;
  const secret = await loadSecret(bench.dataDir);
  await load(bench, secret);
  const options = { tickSeconds: tick, q: 0.01, seed: seedOf(secret) };
  process.stdout.write(
    `${values["per-day"]} exchanges a day of ${values.accounts} accounts; means of ${ticks} ticks of ${tick} s\nhistory    a tick    a report   all anew   anew / tick    held\n`,
  );
  const loop = monitorEventLoopDelay({ resolution: 5 });
  loop.enable();
  const bare = heldMegabytes();
  for (const history of histories) {
    const at = from + history * DAY;
    let follower: TrafficFollower | undefined;
    const anew = await spent(async () => {
      follower = await TrafficFollower.begin(warehouse, options, at);
    });
    const each: number[] = [];
    for (let i = 1; i <= ticks; i++) {
      each.push(await spent(() => follower!.advance(at + i * tick)));
    }
    const { judged } = follower!;
    const report = await spent(() =>
      judged.judge.undisturbed(() =>
        reportJudged(warehouse, judged, { ...options, secret, agreements: [] }),
      ),
    );
    loop.disable();
    const held = heldMegabytes() - bare;
    loop.enable();
    const mean = each.reduce((sum, seconds) => sum + seconds, 0) / ticks;
    const cell = (seconds: number): string => `${seconds.toFixed(2)} s`.padStart(11);
    process.stdout.write(
      `${`${history} d`.padEnd(7)}${cell(mean)}${cell(report)}${cell(anew)}${(anew / mean).toFixed(1).padStart(13)}${`${held.toFixed(0)} MB`.padStart(9)}\n`,
    );
  }
  const longest = loop.max / 1e6;
  const alone = await drain(bench, secret, 1);
  const last = from + Math.max(...histories) * DAY;
  const judging = TrafficFollower.begin(warehouse, options, last);
  const beside = await drain(bench, secret, 2);
  await judging;
  process.stdout.write(
    `1,000 lines reach the warehouse in ${alone.toFixed(1)} s alone, in ${beside.toFixed(1)} s while all is judged anew; judging held the process for ${longest.toFixed(0)} ms at most\n`,
  );
}

async function load(
  { warehouse, dataDir, folder }: BenchWarehouse,
  secret: Awaited<ReturnType<typeof loadSecret>>,
): Promise<void> {
  const path = join(folder, "lines.ndjson");
  const lines = days * Number(values["per-day"]);
  const next = shortLines({
    seed: Number(values.seed),
    exchanges: lines,
    accounts: Number(values.accounts),
    campaigns: 2,
    campaignAccounts: 40,
    from: from * 1000,
    until: until * 1000,
  });
  await writeLines(path, next, { lines });
  process.stderr.write(`loading ${lines} lines …\n`);
  const now = new Date(until * 1000);
  const files = { warehouse, files: [path], dataDir, secret };
  await loadFiles({ ...files, keepTextDays: 0, now, progress: silent });
}

/** Seconds of the clock to bring 1,000 lines into the warehouse. */
async function drain(
  { warehouse, dataDir, folder }: BenchWarehouse,
  secret: Awaited<ReturnType<typeof loadSecret>>,
  number: number,
): Promise<number> {
  const path = join(folder, `more-${number}.ndjson`);
  const next = shortLines({
    seed: 1000 + number,
    exchanges: 1000,
    accounts: 100,
    campaigns: 0,
    campaignAccounts: 0,
    from: (until + number * DAY) * 1000,
    until: (until + number * DAY + 60) * 1000,
  });
  await writeLines(path, next, { lines: 1000 });
  const began = performance.now();
  const now = new Date((until + 3 * DAY) * 1000);
  const files = { warehouse, files: [path], dataDir, secret };
  await loadFiles({ ...files, keepTextDays: 0, now, progress: silent });
  return (performance.now() - began) / 1000;
}

/** Seconds of processor. */
async function spent(work: () => Promise<unknown>): Promise<number> {
  const engine = childrenSeconds();
  const cpu = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(cpu);
  return (user + system) / 1e6 + childrenSeconds() - engine;
}
