import { Command } from "commander";
import { StillwatchError } from "../core/errors.ts";
import { type Progress, silent } from "../core/progress.ts";
import type { Examination } from "../judge/examine-input.ts";
import { parseByteSize } from "./byte-size.ts";
import { doctorTable } from "./doctor-table.ts";
import { EXIT } from "./exit-codes.ts";
import { inkFor } from "./ink.ts";
import { interruptible } from "./interruption.ts";
import { dialectOption, mapOption, type ReadingFlags, readingOf } from "./reading-options.ts";
import type { Surroundings } from "./surroundings.ts";
import { terminalProgress } from "./terminal-progress.ts";
import { undeliveredAlerts } from "./undelivered-alerts.ts";
import { waitingCommands } from "./waiting-commands.ts";
import { assertWritable, writeOutput } from "./write-output.ts";

interface DoctorFlags extends ReadingFlags {
  readonly accounts?: string;
  readonly data?: string;
  readonly json?: string;
  readonly sample: string;
  readonly quiet?: true;
}

/** `stillwatch doctor`: what a scan of some files would and would not see, before anything is kept. */
export function doctorCommand(around: Surroundings): Command {
  return new Command("doctor")
    .description(
      "Look at a sample of your files and say what a scan would see in them, what it would miss and why, and what it would take. Keeps nothing.",
    )
    .argument(
      "<files...>",
      "NDJSON (plain, .gz, .zst), JSON or Parquet files in any format of docs/dialects.md, globs, or - for standard input",
    )
    .option("--accounts <file>", "what is known of the accounts, one JSON object a line")
    .addOption(mapOption())
    .addOption(dialectOption())
    .option("--sample <size>", "how much to read, spread over the beginnings of 8 files", "32MB")
    .option(
      "--data <dir>",
      "use the secret of this data folder, and say what alerts nobody took and how its commands stand; nothing of the files is written into it",
    )
    .option("--json <file>", "write what was found as JSON; - prints it instead of the table")
    .option("--quiet", "no progress; the result is still printed")
    .addHelpText("after", HELP_TAIL)
    .action(async (files: readonly string[], flags: DoctorFlags) => {
      around.exitWith(await runDoctor(files, flags, around));
    });
}

async function runDoctor(
  files: readonly string[],
  flags: DoctorFlags,
  around: Surroundings,
): Promise<number> {
  const { json } = flags;
  if (files.filter((file) => file === "-").length > 1) {
    throw new StillwatchError("SW_USAGE", {
      message: "- stands for standard input, which can be read once.",
    });
  }
  const sampleBytes = parseByteSize(flags.sample, "--sample", { least: 1e5, most: 1e9 });
  if (json !== undefined && json !== "-") assertWritable(json);
  const drawn = terminalProgress(around.stderr, around.clock);
  const watched = flags.quiet === true ? silent : drawn.progress;
  const found = await interruptible(watched, (progress) =>
    examine(files, { flags, sampleBytes, progress }, around),
  ).finally(drawn.finish);
  const text = `${JSON.stringify(found, null, 2)}\n`;
  if (json !== undefined && json !== "-") writeOutput(json, text);
  const { stdout, environment } = around;
  const shape = { columns: stdout.columns ?? 80, ink: inkFor(stdout, environment) };
  stdout.write(json === "-" ? text : doctorTable(found, shape));
  if (json !== "-" && flags.data !== undefined)
    stdout.write(undeliveredAlerts(flags.data) + (await waitingCommands(flags.data, around)));
  if (found.problems.some(({ level }) => level === "stops")) return EXIT.unusable;
  return found.problems.length > 0 ? EXIT.weakened : EXIT.clear;
}

async function examine(
  files: readonly string[],
  { flags, sampleBytes, progress }: { flags: DoctorFlags; sampleBytes: number; progress: Progress },
  around: Surroundings,
): Promise<Examination> {
  const reading = await readingOf(flags);
  const { withEngine } = await import("./with-engine.ts");
  const { examineInput } = await import("../judge/examine-input.ts");
  return withEngine(flags.data, around, (engine) =>
    examineInput({
      ...engine,
      files,
      ...(files.includes("-") ? { stdin: around.stdin } : {}),
      ...(flags.accounts === undefined ? {} : { accounts: flags.accounts }),
      reading,
      sampleBytes,
      now: around.now(),
      clock: around.clock,
      progress,
    }),
  );
}

const HELP_TAIL = `
The beginnings of at most 8 files, spread over the list, are read the way scan reads, in a temporary folder that is
removed at the end. What is said of time and disk is in proportion to that sample, on this machine as busy as it is.

Exit codes:
  0    nothing stands in the way of a scan
  11   a scan would see less than it could: each reason is named
  12   a scan would find nothing: no line is an exchange
  1    failure: nothing was examined
  2    the command line was wrong
  130  stopped by Ctrl-C

Examples:
  stillwatch doctor "logs/*.ndjson.gz" --accounts accounts.ndjson
  head -10000 gateway.log | stillwatch doctor - --json -`;
