import { Command } from "commander";
import { StillwatchError } from "../core/errors.ts";
import { printable } from "../report/printable.ts";
import { counted } from "../report/wording.ts";
import { EXIT } from "./exit-codes.ts";
import { readToken } from "./read-token.ts";
import type { Surroundings } from "./surroundings.ts";

interface TailFlags {
  readonly to: string;
  readonly tokenFile?: string;
  readonly place?: string;
  readonly quiet?: true;
}

const POLL_MS = 500;

/** `stillwatch tail`: sends a log's lines to `stillwatch serve` as they are written. */
export function tailCommand(around: Surroundings): Command {
  return new Command("tail")
    .description(
      "Send a log's lines to `stillwatch serve` as they are written, through rotations and restarts.",
    )
    .argument("<file>", "NDJSON in any format of docs/dialects.md, plain")
    .option("--to <url>", "where the server takes them", "http://127.0.0.1:8710/v1/exchanges")
    .option("--token-file <file>", "a file with the token that the server asks for")
    .option("--place <file>", "where to remember how far it came (default: FILE.place)")
    .option("--quiet", "say nothing but failures")
    .addHelpText("after", HELP_TAIL)
    .action(async (file: string, flags: TailFlags) => {
      await runTail(file, flags, around);
      around.exitWith(EXIT.clear);
    });
}

async function runTail(path: string, flags: TailFlags, around: Surroundings): Promise<void> {
  const url = URL.canParse(flags.to) ? new URL(flags.to) : undefined;
  if (url === undefined || !["http:", "https:"].includes(url.protocol)) {
    throw new StillwatchError("SW_USAGE", {
      message: `--to ${flags.to}: give a URL, such as http://127.0.0.1:8710/v1/exchanges.`,
    });
  }
  const token = flags.tokenFile === undefined ? undefined : readToken(flags.tokenFile);
  const say = (text: string): void => {
    if (flags.quiet !== true) around.stderr.write(`${printable(text)}\n`);
  };
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());
  const { sendLines } = await import("../ingest/send-lines.ts");
  const { tailFile } = await import("../ingest/tail-file.ts");
  let [taken, refused] = [0, 0];
  await tailFile({
    path,
    placePath: flags.place ?? `${path}.place`,
    pollMs: POLL_MS,
    signal: stop.signal,
    send: sendLines({
      url,
      ...(token === undefined ? {} : { token }),
      signal: stop.signal,
      onWait: (reason) => say(`The server takes no lines now (${reason}); they are sent again.`),
      onAnswer: (answer) => {
        taken += answer.taken;
        refused += answer.refused;
        const first = answer.refusals[0];
        if (first === undefined) return;
        say(`${counted(answer.refused, "line")} refused; the first: ${first.reason}.`);
      },
    }),
  });
  say(`Ended. ${counted(taken, "line")} taken, ${refused} refused.`);
}

const HELP_TAIL = `
It begins where the last run ended, at first at the file's beginning. A rotated log is sent to its end before the new
one; one that is cut short is read from its beginning. A line may be sent twice, which changes nothing, and none is
left out. Ctrl-C or SIGTERM ends it once what is written was sent.

Exit codes:
  0    ended when asked
  1    failure: the file is not there, or the server refuses the token
  2    the command line was wrong

Examples:
  stillwatch tail /var/log/gateway.ndjson
  stillwatch tail gateway.ndjson --to https://watch.example.org/v1/exchanges --token-file token`;
