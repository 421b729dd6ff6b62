import { Command } from "commander";
import { StillwatchError } from "../core/errors.ts";
import { silent } from "../core/progress.ts";
import { backtestTable } from "./backtest-table.ts";
import { EXIT } from "./exit-codes.ts";
import { interruptible } from "./interruption.ts";
import { registerOf } from "./register-of.ts";
import type { Surroundings } from "./surroundings.ts";
import { terminalProgress } from "./terminal-progress.ts";
import { assertWritable, writeOutput } from "./write-output.ts";

interface BacktestFlags {
  readonly data?: string;
  readonly config?: string;
  readonly labels?: string;
  readonly agreements?: string;
  readonly json?: string;
  readonly example?: true;
  readonly quiet?: true;
}

/** `stillwatch backtest`: replays the traffic of a data folder under other settings and says what would change. */
export function backtestCommand(around: Surroundings): Command {
  return new Command("backtest")
    .description("Judge kept traffic again under other settings, and say what would change.")
    .option("--data <dir>", "the data folder of an earlier scan; its settings are those before")
    .option("--config <file.yaml>", "the settings after")
    .option("--labels <file>", "what people found, one JSON object a line: precision and recall")
    .option("--agreements <file>", "permissions to distill, as for scan; they hold on both sides")
    .option("--json <file>", "write the comparison as JSON; - prints it instead")
    .option("--example", "print a configuration with every setting at its default")
    .option("--quiet", "no progress; the result is still printed")
    .addHelpText("after", HELP_TAIL)
    .action(async (flags: BacktestFlags) => {
      if (flags.example === true) await printExample(around);
      else await runBacktest(flags, around);
      around.exitWith(EXIT.clear);
    });
}

async function printExample(around: Surroundings): Promise<void> {
  const { exampleConfiguration } = await import("../judge/example-configuration.ts");
  around.stdout.write(exampleConfiguration());
}

async function runBacktest(flags: BacktestFlags, around: Surroundings): Promise<void> {
  const { data, config, labels, agreements, json } = flags;
  if (data === undefined || config === undefined) {
    throw new StillwatchError("SW_USAGE", {
      message: "backtest needs --data with the folder of an earlier scan, and --config.",
    });
  }
  if (json !== undefined && json !== "-") assertWritable(json);
  const { readConfiguration } = await import("../judge/configuration.ts");
  const after = readConfiguration(config);
  const { agreements: register } = await registerOf(data, around);
  const drawn = terminalProgress(around.stderr, around.clock);
  const watched = flags.quiet === true ? silent : drawn.progress;
  const result = await interruptible(watched, async (progress) => {
    const { backtest } = await import("../judge/backtest.ts");
    return backtest({
      dataDir: data,
      after,
      register,
      ...(labels === undefined ? {} : { labels }),
      ...(agreements === undefined ? {} : { agreements }),
      progress,
    });
  }).finally(drawn.finish);
  const text = `${JSON.stringify(result, null, 2)}\n`;
  if (json === "-") around.stdout.write(text);
  else {
    if (json !== undefined) writeOutput(json, text);
    around.stdout.write(backtestTable(result, around.stdout.columns ?? 80));
  }
}

const HELP_TAIL = `
Examples:
  stillwatch backtest --example > new.yaml
  stillwatch backtest --data ./watch --config new.yaml
  stillwatch backtest --data ./watch --config new.yaml --labels labels.ndjson --json -

A label is {"account":"acct_9","label":"positive"} or "legitimate"; {"group":"g3",…}
labels all accounts of a group of the last scan but those with a label of their own.`;
