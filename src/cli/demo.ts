import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { StillwatchError } from "../core/errors.ts";
import { silent } from "../core/progress.ts";
import { type DemoTruth, demoComparison } from "./demo-comparison.ts";
import { EXIT } from "./exit-codes.ts";
import { inkFor } from "./ink.ts";
import { interruptible } from "./interruption.ts";
import { scanTable } from "./scan-table.ts";
import type { Surroundings } from "./surroundings.ts";
import { terminalProgress } from "./terminal-progress.ts";
import { assertWritable, writeOutput } from "./write-output.ts";

interface DemoFlags {
  readonly folder: string;
  readonly seed: string;
  readonly quiet?: true;
}

const DAY_MS = 86_400_000;

/** `stillwatch demo`: writes a made-up world with known truth, scans it, and compares. Ends with 0 whatever was flagged. */
export function demoCommand(around: Surroundings): Command {
  return new Command("demo")
    .description("Make a small world with known truth, scan it, and say what was found.")
    .option("--folder <dir>", "where the world and the report are written", "stillwatch-demo")
    .option("--seed <text>", "another seed makes another world", "stillwatch")
    .option("--quiet", "no progress; the result is still printed")
    .addHelpText("after", HELP_TAIL)
    .action(async (flags: DemoFlags) => {
      await runDemo(flags, around);
      around.exitWith(EXIT.clear);
    });
}

async function runDemo(flags: DemoFlags, around: Surroundings): Promise<void> {
  makeFolder(flags.folder);
  const [report, json] = [join(flags.folder, "report.html"), join(flags.folder, "result.json")];
  assertWritable(report);
  const startedAt = around.clock();
  const drawn = terminalProgress(around.stderr, around.clock);
  const watched = flags.quiet === true ? silent : drawn.progress;
  const now = around.now();
  const until = new Date(Math.floor(now.getTime() / DAY_MS) * DAY_MS);
  const { outcome, truth } = await interruptible(watched, async (progress) => {
    const { writeDemoWorld } = await import("../range/demo-world.ts");
    const world = await writeDemoWorld({ folder: flags.folder, seed: flags.seed, until, progress });
    const { scan } = await import("../judge/scan.ts");
    const scanned = await scan({
      files: [world.exchanges],
      accounts: world.accounts,
      tickSeconds: 3600,
      q: 0.01,
      keepTextDays: 7,
      strict: true,
      now: until,
      progress,
    });
    return { outcome: scanned, truth: JSON.parse(readFileSync(world.truth, "utf8")) as DemoTruth };
  }).finally(drawn.finish);
  const { renderScanReport } = await import("../report/scan-report.ts");
  writeOutput(json, `${JSON.stringify(outcome.result, null, 2)}\n`);
  writeOutput(
    report,
    renderScanReport({ outcome, title: "Demonstration world", generatedAt: now }),
  );
  const table = scanTable({
    result: outcome.result,
    details: outcome.details,
    intake: outcome.intake,
    columns: around.stdout.columns ?? 80,
    ink: inkFor(around.stdout, around.environment),
  });
  const seconds = Math.round((around.clock() - startedAt) / 1000);
  around.stdout.write(
    `${table}\nAgainst the known truth of this made-up world:\n${demoComparison(truth, outcome.result)}\n\nReport: ${report} (open it in a browser)\nJSON:   ${json}\nTook ${seconds} s.\n`,
  );
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StillwatchError("SW_OUTPUT_UNWRITABLE", { path: folder, reason }, cause);
  }
}

const HELP_TAIL = `
The world's accounts, companies and texts are made up. The same seed on the same
day makes the same world. The folder also holds the exchanges, the accounts and
the truth, so that you can scan them yourself:

  stillwatch scan stillwatch-demo/exchanges.ndjson* --accounts stillwatch-demo/accounts.ndjson`;
