import { Command } from "commander";
import { StillwatchError } from "../core/errors.ts";
import { story } from "../report/story.ts";
import { EXIT } from "./exit-codes.ts";
import type { Surroundings } from "./surroundings.ts";
import { assertWritable, writeOutput } from "./write-output.ts";

interface ExplainFlags {
  readonly data?: string;
  readonly from?: string;
  readonly json?: string;
}

/** `stillwatch explain`: tells what the last scan said of a group or an account, and why. */
export function explainCommand(around: Surroundings): Command {
  return new Command("explain")
    .description("Tell what the last scan said of a group or an account, and why.")
    .argument("<name>", "a group's id, such as g7, or an account")
    .option("--data <dir>", "the data folder of the scan")
    .option("--from <file>", "the result of a scan --json, where no data folder was kept")
    .option("--json <file>", "write it as JSON; - prints it instead of the story")
    .addHelpText("after", HELP_TAIL)
    .action(async (name: string, flags: ExplainFlags) => {
      await runExplain(name, flags, around);
      around.exitWith(EXIT.clear);
    });
}

async function runExplain(name: string, flags: ExplainFlags, around: Surroundings): Promise<void> {
  const { data, from, json } = flags;
  if ((data === undefined) === (from === undefined)) {
    throw new StillwatchError("SW_USAGE", {
      message: "Say where the scan is: --data with its folder, or --from with its JSON.",
    });
  }
  if (json !== undefined && json !== "-") assertWritable(json);
  const { readLastScan, readScanFile } = await import("../judge/last-scan.ts");
  const scan = data === undefined ? readScanFile(from ?? "") : readLastScan(data);
  const { explain } = await import("../judge/explain.ts");
  const explanation = await explain(name, scan, data);
  const text = `${JSON.stringify(explanation, null, 2)}\n`;
  if (json === "-") around.stdout.write(text);
  else {
    if (json !== undefined) writeOutput(json, text);
    const width = Math.max(60, Math.min(around.stdout.columns ?? 80, 120));
    around.stdout.write(story(explanation, width));
  }
}

const HELP_TAIL = `
Examples:
  stillwatch explain g7 --data ./watch
  stillwatch explain acct_9 --data ./watch
  stillwatch explain acct_9 --from result.json --json -

A scan with --data keeps its result there. An account that is in no group is looked
up in the folder's traffic, which takes a moment and needs the folder to be free.`;
