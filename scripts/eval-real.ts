import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { silent } from "../src/core/progress.ts";
import { scoreScan, type ScanScore } from "../src/range/score-scan.ts";
import { scoreTable } from "../src/range/score-table.ts";
import type { Truth } from "../src/range/world.ts";
import { writeWorld, type WrittenWorld } from "../src/range/write-world.ts";
import { composeWorld } from "./eval-real/compose-world.ts";
import { loadMaterial, type Material } from "./eval-real/load-material.ts";

interface Options {
  readonly seeds: string;
  readonly first: string;
  readonly json?: string;
  readonly keep?: string;
  readonly worldsOnly?: boolean;
}

const UNTIL = new Date("2026-11-20T00:00:00Z");
const NOW = new Date("2026-11-21T00:00:00Z");

/** `npm run eval:real -- FOLDER`: worlds of real material, the real pipeline, and a table. */
async function main(): Promise<void> {
  const command = new Command("eval:real")
    .argument("<folder>", "the folder of real material")
    .option("--seeds <n>", "worlds to make", "5")
    .option("--first <n>", "the first seed", "1")
    .option("--json <file>", "write every score")
    .option("--keep <folder>", "keep the worlds here, one folder a seed")
    .option("--worlds-only", "make the worlds and print what is in them; scan nothing")
    .parse();
  const folder = command.args[0] as string;
  const options = command.opts<Options>();
  const material = await loadMaterial(folder);
  const scores: ScanScore[] = [];
  const first = Number(options.first);
  for (let seed = first; seed < first + Number(options.seeds); seed++) {
    const score = await evaluate(material, seed, options);
    if (score !== undefined) scores.push(score);
  }
  if (scores.length > 0) process.stdout.write(`${scoreTable(scores)}\n`);
  if (options.json !== undefined)
    await writeFile(options.json, `${JSON.stringify({ seeds: scores }, null, 1)}\n`);
}

async function evaluate(
  material: Material,
  seed: number,
  options: Options,
): Promise<ScanScore | undefined> {
  const folder =
    options.keep === undefined
      ? await mkdtemp(join(tmpdir(), "stillwatch-real-"))
      : join(options.keep, `seed-${seed}`);
  try {
    const began = performance.now();
    const world = await writeWorld(composeWorld(material, seed, UNTIL), folder, silent);
    const truth = JSON.parse(await readFile(world.truth, "utf8")) as Truth;
    const made = performance.now();
    process.stderr.write(
      `seed ${seed}: ${world.counts.exchanges} exchanges of ${world.counts.accounts} accounts, ${(world.counts.bytes / 1e6).toFixed(0)} MB, made in ${((made - began) / 1000).toFixed(1)} s\n`,
    );
    if (options.worldsOnly === true) {
      process.stdout.write(`${contents(truth)}\n`);
      return undefined;
    }
    const score = await scanWorld(world, truth);
    process.stderr.write(
      `seed ${seed}: scanned in ${((performance.now() - made) / 1000).toFixed(1)} s\n`,
    );
    return score;
  } finally {
    if (options.keep === undefined) await rm(folder, { recursive: true, force: true });
  }
}

async function scanWorld(world: WrittenWorld, truth: Truth): Promise<ScanScore> {
  const { scan } = await import("../src/judge/scan.ts");
  const { result } = await scan({
    files: [world.exchanges],
    accounts: world.accounts,
    tickSeconds: 3600,
    q: 0.01,
    keepTextDays: 0,
    strict: true,
    now: NOW,
    progress: silent,
  });
  return scoreScan(result, truth);
}

function contents(truth: Truth): string {
  const rows = [
    ...truth.campaigns.map(
      (row) =>
        `  operation   ${row.name}: ${row.accounts.length} accounts, ${row.exchanges} exchanges`,
    ),
    ...truth.lookalikes.map(
      (row) =>
        `  look-alike  ${row.family}: ${row.accounts.length} accounts, ${row.exchanges} exchanges`,
    ),
  ];
  return rows.join("\n");
}

await main();
