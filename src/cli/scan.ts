import { Command } from "commander";
import { StillwatchError } from "../core/errors.ts";
import { silent } from "../core/progress.ts";
import { flaggedGroups } from "../report/wording.ts";
import { parseDuration } from "./duration.ts";
import { EXIT } from "./exit-codes.ts";
import { inkFor } from "./ink.ts";
import { interruptible } from "./interruption.ts";
import { calendarOption, type JudgingFlags, judgingOf } from "./judging-options.ts";
import { keepDaysOf, keepOption } from "./keep-option.ts";
import { registerOf } from "./register-of.ts";
import { scanTable } from "./scan-table.ts";
import { dialectOption, mapOption, type ReadingFlags, readingOf } from "./reading-options.ts";
import type { Surroundings } from "./surroundings.ts";
import { terminalProgress } from "./terminal-progress.ts";
import { assertWritable, writeOutput } from "./write-output.ts";

interface ScanFlags extends ReadingFlags, JudgingFlags {
  readonly accounts?: string;
  readonly agreements?: string;
  readonly prices?: string;
  readonly known?: string;
  readonly data?: string;
  readonly json?: string;
  readonly report?: string;
  readonly keepText: string;
  readonly keep?: string;
  readonly strict?: true;
  readonly power: boolean;
  readonly quiet?: true;
}

const DAY = 86_400;

/** `stillwatch scan`: reads files of exchanges, judges them, prints what was flagged. */
export function scanCommand(around: Surroundings): Command {
  return new Command("scan")
    .description(
      "Read exchanges from files, find groups of accounts, and say which are flagged and why.",
    )
    .argument(
      "[files...]",
      "NDJSON (plain, .gz, .zst), JSON or Parquet files in any format of docs/dialects.md, globs, or - for standard input",
    )
    .option(
      "--accounts <file>",
      "what is known of the accounts, one JSON object a line; worth having",
    )
    .option(
      "--agreements <file>",
      "permissions to distill, one JSON object a line; those of the folder's ledger count too",
    )
    .addOption(mapOption())
    .addOption(dialectOption())
    .option("--prices <file>", "list prices of models, JSON; without it no list price is said")
    .option("--known <file>", "the JSON result of an earlier scan, to recognize its groups by")
    .option(
      "--data <dir>",
      "keep what was read in this folder, so that later scans add to it; without files, judge what it holds",
    )
    .option("--json <file>", "write the result as JSON; - prints it instead of the table")
    .option("--report <file.html>", "write a report that opens in any browser, without a network")
    .option("--tick <duration>", "how often the traffic's own clock is judged", "1h")
    .option("--q <rate>", "false-discovery rate: the share of wrong flags to accept", "0.01")
    .option(
      "--config <file.yaml>",
      "q, tick, calendar and the signals' parameters; --q, --tick and --calendar win over it",
    )
    .addOption(calendarOption())
    .option(
      "--keep-text <duration>",
      "how long raw prompts and answers are kept; 0 keeps none",
      "7d",
    )
    .addOption(keepOption())
    .option("--strict", "treat a rejected line as an error")
    .option(
      "--no-power",
      "where nothing is flagged, don't measure what would have been (about half a minute at most)",
    )
    .option("--quiet", "no progress; the result is still printed")
    .addHelpText("after", HELP_TAIL)
    .action(async (files: readonly string[], flags: ScanFlags, command: Command) => {
      const isSaid = (option: string): boolean => command.getOptionValueSource(option) === "cli";
      around.exitWith(await runScan(files, flags, isSaid, around));
    });
}

async function runScan(
  files: readonly string[],
  flags: ScanFlags,
  isSaid: (option: string) => boolean,
  around: Surroundings,
): Promise<number> {
  const settings = { ...readSettings(files, flags), ...(await judgingOf(flags, isSaid)) };
  const reading = await readingOf(flags);
  const register = await registerOf(flags.data, around);
  const drawn = terminalProgress(around.stderr, around.clock);
  const now = around.now();
  const watched = flags.quiet === true ? silent : drawn.progress;
  const outcome = await interruptible(watched, async (progress) => {
    const { scan } = await import("../judge/scan.ts");
    return scan({
      ...settings,
      reading,
      register: register.agreements,
      inspect: ({ warehouse }) => register.measure(warehouse),
      ...(files.includes("-") ? { stdin: around.stdin } : {}),
      now,
      progress,
    });
  }).finally(drawn.finish);
  if (flags.report !== undefined) {
    const { renderScanReport } = await import("../report/scan-report.ts");
    writeOutput(
      flags.report,
      renderScanReport({ outcome, title: "Scan report", generatedAt: now }),
    );
  }
  const json = flags.json === undefined ? "" : `${JSON.stringify(outcome.result, null, 2)}\n`;
  if (flags.json === "-") around.stdout.write(json);
  else {
    if (flags.json !== undefined) writeOutput(flags.json, json);
    around.stdout.write(
      scanTable({
        result: outcome.result,
        details: outcome.details,
        intake: outcome.intake,
        columns: around.stdout.columns ?? 80,
        ink: inkFor(around.stdout, around.environment),
      }),
    );
    if (flags.report !== undefined) around.stdout.write(`\nReport: ${flags.report}\n`);
  }
  return flaggedGroups(outcome.result.groups).length > 0 ? EXIT.flagged : EXIT.clear;
}

function readSettings(files: readonly string[], flags: ScanFlags) {
  if (files.length === 0 && flags.data === undefined)
    throw usage(
      "Nothing to read: give files, or - for standard input, or --data to judge what a folder holds.",
    );
  if (files.filter((file) => file === "-").length > 1)
    throw usage("- stands for standard input, which can be read once.");
  if (files.includes("")) throw usage("A file name is empty. Check the variables in the command.");
  if (flags.report === "-") throw usage("--report needs a file name, such as report.html.");
  const outputs = [flags.json, flags.report].filter((path) => path !== undefined && path !== "-");
  if (outputs.length === 2 && outputs[0] === outputs[1]) {
    throw usage(`--json and --report both name ${outputs[0]}. Give two files.`);
  }
  const keepText = parseDuration(flags.keepText, "--keep-text", { least: 0, most: 3650 * DAY });
  for (const path of outputs) if (path !== undefined) assertWritable(path);
  return {
    files,
    ...(flags.accounts === undefined ? {} : { accounts: flags.accounts }),
    ...(flags.agreements === undefined ? {} : { agreements: flags.agreements }),
    ...(flags.prices === undefined ? {} : { prices: flags.prices }),
    ...(flags.known === undefined ? {} : { known: flags.known }),
    ...(flags.data === undefined ? {} : { dataDir: flags.data }),
    keepTextDays: keepText / DAY,
    keepDays: keepDaysOf(flags.keep),
    strict: flags.strict === true,
    power: flags.power,
  };
}

function usage(message: string): StillwatchError {
  return new StillwatchError("SW_USAGE", { message });
}

const HELP_TAIL = `
Exit codes:
  0    nothing flagged
  10   at least one group flagged
  1    failure: nothing was judged
  2    the command line was wrong
  130  stopped by Ctrl-C

Examples:
  stillwatch scan logs/*.ndjson.gz --accounts accounts.ndjson --report report.html
  stillwatch scan "logs/*.ndjson.gz" --prices prices.json --known last-week.json --json this-week.json
  zcat today.ndjson.gz | stillwatch scan - --json -
  stillwatch scan litellm/*.ndjson spans/*.json "bedrock/**/*.json.gz"
  stillwatch scan calls.ndjson --map map.yaml
  stillwatch scan "archive/**/*.parquet" --data ./watch --tick 15m --keep-text 0 --keep 90d
  stillwatch scan today.ndjson --no-power --quiet --json result.json

Durations are a number and a unit: 90s, 15m, 1h, 7d. docs/guide.md says how to read a result.`;
