/**
 * How fast exchanges are taken in: with fingerprints and without, the whole way, by size of body, and as the amount grows.
 * Usage: npm run bench -- ingest [--exchanges 500000] [--seed 1] [--quick] [--large]
 * --quick is a short run (0.1 M exchanges, no slope beyond), --large adds 10 M to the slope. Progress on stderr, the
 * tables on stdout. Seconds are wall seconds; beside them the engine's processor seconds, which a busy machine
 * inflates less.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { silent } from "../src/core/progress.ts";
import { loadSecret, sipKeyOf } from "../src/ingest/installation-secret.ts";
import { loadFiles } from "../src/ingest/load-files.ts";
import { SEGMENT_BYTES } from "../src/ingest/write-segments.ts";
import { deriveFeatures } from "../src/judge/derive-features.ts";
import { openWarehouse, type Warehouse } from "../src/warehouse/open-warehouse.ts";
import { sqlFolder } from "../src/warehouse/statement.ts";
import { clearLanding, landSegment } from "../src/warehouse/statements.gen.ts";
import { exchangeLines, type LineSource, writeLines } from "./material/exchange-lines.ts";
import { childrenSeconds, peakMemory } from "./material/peak-memory.ts";

const { values } = parseArgs({
  options: {
    exchanges: { type: "string", default: "500000" },
    seed: { type: "string", default: "1" },
    quick: { type: "boolean", default: false },
    large: { type: "boolean", default: false },
  },
});
const exchanges = values.quick
  ? Math.min(100_000, Number(values.exchanges))
  : Number(values.exchanges);
const seed = Number(values.seed);
const NOW = new Date("2026-05-01T12:00:00Z");
const DAY = 86_400_000;
/** Thirty days of traffic of some accounts. */
const SHAPE = { from: NOW.getTime() - 31 * DAY, until: NOW.getTime() - DAY, accounts: 200 };
const startedAt = performance.now();
const folder = mkdtempSync(join(tmpdir(), "stillwatch-bench-"));
const path = join(folder, "lines.ndjson");
const HEADING = " exchanges      MB  load s  link s  exchanges/s  s per million";
/** The most either process held, megabytes. */
let peak = { own: 0, warehouse: 0 };
let folders = 0;

try {
  print(await compareStatements());
  print(await growth());
  print(await sizes());
  print([`peak resident memory: warehouse ${peak.warehouse} MB, own ${peak.own} MB`]);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/**
 * Segments through the landing statement, each with fingerprints and without, so that both meet the same machine. They
 * take turns at being first: the first after a pause maps the memory that the second finds.
 */
async function compareStatements(): Promise<string[]> {
  const bare = join(folder, "land-bare.sql");
  writeFileSync(
    bare,
    withoutFingerprints(readFileSync(join(sqlFolder(), landSegment.file), "utf8")),
  );
  const next = lines(exchanges, 1700);
  const spent = { full: [0, 0] as [number, number], bare: [0, 0] as [number, number] };
  let [landed, bytes, segments] = [0, 0, 0];
  await inWarehouse(async (warehouse, dataDir) => {
    const secret = await loadSecret(dataDir);
    const land = async (into: [number, number], statement: typeof landSegment): Promise<void> => {
      await warehouse.run(clearLanding, {});
      const work = { path, now: NOW, judged: 0, keep: 0, secret: secret.id, ...sipKeyOf(secret) };
      const { seconds, engine } = await timed(() => warehouse.run(statement, work));
      into[0] += seconds;
      into[1] += engine;
    };
    // The first call also compiles the patterns; a process pays for that once.
    await writeLines(path, lines(100, 1700), { lines: 100 });
    await land([0, 0], landSegment);
    while (landed < exchanges) {
      const made = await writeLines(path, next, {
        lines: exchanges - landed,
        bytes: SEGMENT_BYTES,
      });
      const turns = [
        () => land(spent.full, landSegment),
        () => land(spent.bare, { ...landSegment, name: "landBare", file: bare }),
      ];
      for (const turn of segments++ % 2 === 0 ? turns : turns.toReversed()) await turn();
      landed += made.lines;
      bytes += made.bytes;
      note(`${landed} of ${exchanges} landed twice`);
    }
    await warehouse.run(clearLanding, {});
  });
  const row = (name: string, [wall, engine]: [number, number]): string =>
    `${name.padEnd(28)}${rate(landed, wall).padStart(10)}${wall.toFixed(1).padStart(8)}${engine.toFixed(1).padStart(18)}`;
  return [
    `landing ${landed} exchanges of ${Math.round(bytes / landed)} bytes in segments of ${Math.round(SEGMENT_BYTES / 1e6)} MB`,
    "statement                   exchanges/s  wall s  processor s of it",
    row("with fingerprints", spent.full),
    row("without fingerprints", spent.bare),
    `ratio ${(spent.full[0] / spent.bare[0]).toFixed(2)} by wall, ${(spent.full[1] / spent.bare[1]).toFixed(2)} by processor (goal: at most 1.50; at least 50,000 exchanges/s)`,
    "",
  ];
}

/**
 * The landing statement with the outermost columns that are fingerprints made empty constants; the engine then drops
 * all work that only they need. Derived from the statement's own text, so that the two can't drift apart.
 */
function withoutFingerprints(text: string): string {
  const columns = "script, turn, chain, parent, keys, tokens, presented, issued, intent,";
  if (text.split(columns).length !== 2) {
    throw new Error(`land-segment.sql no longer selects "${columns}" once: adapt this benchmark`);
  }
  return text.replace(
    columns,
    "toUInt8(0), turn, toUInt64(0), toUInt64(0), emptyArrayUInt64(), emptyArrayUInt16(), emptyArrayUInt64(), emptyArrayUInt64(), toUInt32(0),",
  );
}

/** The whole way at growing sizes: files, text kept, features. Lines are made a million at a time, outside the clock. */
async function growth(): Promise<string[]> {
  const wanted = values.quick ? [20_000, exchanges] : [100_000, 1_000_000];
  if (values.large) wanted.push(10_000_000);
  const out = ["the whole way: files, acceptance, text kept, keys linked", HEADING];
  const measured: { size: number; seconds: number }[] = [];
  for (const size of wanted) {
    const next = lines(size, 1700);
    let [load, link, bytes] = [0, 0, 0];
    await inWarehouse(async (warehouse, dataDir) => {
      await warehouse.insert("accounts", keepingAccounts(size));
      await takeInOnce(warehouse, dataDir);
      for (let done = 0; done < size;) {
        const made = await writeLines(path, next, { lines: Math.min(1_000_000, size - done) });
        load += (await timed(() => takeIn(warehouse, dataDir, made.lines))).seconds;
        done += made.lines;
        bytes += made.bytes;
        note(`${done} of ${size} loaded`);
      }
      link = (await timed(() => deriveFeatures(warehouse, silent))).seconds;
      note(`${size} linked`);
    });
    const seconds = load + link;
    measured.push({ size, seconds });
    out.push(
      `${String(size).padStart(10)}${(bytes / 1e6).toFixed(0).padStart(8)}${load.toFixed(1).padStart(8)}${link.toFixed(1).padStart(8)}${rate(size, seconds).padStart(13)}${((seconds / size) * 1e6).toFixed(1).padStart(14)}`,
    );
  }
  const slopes = measured.slice(1).map((larger, i) => {
    const smaller = measured[i] ?? larger;
    const slope = Math.log(larger.seconds / smaller.seconds) / Math.log(larger.size / smaller.size);
    return `${smaller.size} → ${larger.size}: ${slope.toFixed(2)}`;
  });
  return [...out, `slope of log time against log size, 1 is linear: ${slopes.join(", ")}`, ""];
}

/** Loads the file, at most a million exchanges; fails when not every line was taken. */
async function takeIn(warehouse: Warehouse, dataDir: string, expected: number): Promise<void> {
  const { accepted } = await loadFiles({
    warehouse,
    files: [path],
    dataDir,
    secret: await loadSecret(dataDir),
    keepTextDays: 7,
    now: NOW,
    progress: silent,
  });
  if (accepted !== expected) throw new Error(`${accepted} of ${expected} lines were accepted`);
}

/** Megabytes a second by size of body, files to accepted rows. */
async function sizes(): Promise<string[]> {
  const megabytes = values.quick ? 60 : 200;
  const out = [
    "by size of body: files to accepted rows",
    "  body kB   lines      MB  seconds    MB/s",
  ];
  for (const size of [2_000, 60_000, 600_000, 5_000_000]) {
    await inWarehouse(async (warehouse, dataDir) => {
      await takeInOnce(warehouse, dataDir);
      const count = Math.ceil((megabytes * 1e6) / size);
      const made = await writeLines(path, lines(count, size), { lines: count });
      const { seconds } = await timed(() => takeIn(warehouse, dataDir, made.lines));
      out.push(
        `${String(size / 1000).padStart(9)}${String(made.lines).padStart(8)}${(made.bytes / 1e6).toFixed(0).padStart(8)}${seconds.toFixed(2).padStart(9)}${(made.bytes / 1e6 / seconds).toFixed(0).padStart(8)}`,
      );
      note(`bodies of ${size / 1000} kB`);
    });
  }
  return [...out, ""];
}

/** A first small load, so that what a process does once is not counted. */
async function takeInOnce(warehouse: Warehouse, dataDir: string): Promise<void> {
  const next = exchangeLines({ ...SHAPE, seed: seed + 1000, bytes: 1700, lines: 50 });
  await writeLines(path, next, { lines: 50 });
  await takeIn(warehouse, dataDir, 50);
}

/** Runs the work on a warehouse of its own and notes how much memory both processes took. */
async function inWarehouse(
  work: (warehouse: Warehouse, dataDir: string) => Promise<void>,
): Promise<void> {
  const dataDir = join(folder, `data-${folders++}`);
  mkdirSync(dataDir, { mode: 0o700 });
  const warehouse = await openWarehouse({ dataDir });
  try {
    await work(warehouse, dataDir);
    const { own, children } = peakMemory();
    peak = { own: Math.max(peak.own, own), warehouse: Math.max(peak.warehouse, children) };
  } finally {
    await warehouse.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function lines(count: number, bytes: number): LineSource {
  return exchangeLines({
    ...SHAPE,
    seed,
    bytes,
    lines: count,
    accounts: accountsOf(count),
  });
}

function accountsOf(exchangeCount: number): number {
  return 200 + Math.floor(exchangeCount / 50);
}

/** Accounts whose contract lets text be kept: all of them. */
function keepingAccounts(exchangeCount: number): readonly object[] {
  return Array.from({ length: accountsOf(exchangeCount) }, (_, at) => ({
    account: `acct_${at}`,
    text: "keep",
  }));
}

async function timed(work: () => Promise<void>): Promise<{ seconds: number; engine: number }> {
  const engine = childrenSeconds();
  const from = performance.now();
  await work();
  return { seconds: (performance.now() - from) / 1000, engine: childrenSeconds() - engine };
}

function rate(count: number, seconds: number): string {
  return Math.round(count / seconds).toLocaleString("en");
}

function print(rows: readonly string[]): void {
  process.stdout.write(`${rows.join("\n")}\n`);
}

function note(text: string): void {
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  process.stderr.write(`[${seconds} s] ${text}\n`);
}
