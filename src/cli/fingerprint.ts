import { Command } from "commander";
import { StillwatchError } from "../core/errors.ts";
import { isLoopback } from "../core/loopback.ts";
import { silent } from "../core/progress.ts";
import type { Deliver } from "../ingest/fingerprint-segment.ts";
import type { FingerprintTotals } from "../ingest/fingerprint-files.ts";
import { printable } from "../report/printable.ts";
import { counted } from "../report/wording.ts";
import { EXIT } from "./exit-codes.ts";
import { interruptible } from "./interruption.ts";
import { fileLineWriter, streamLineWriter } from "./line-writer.ts";
import { parseListenAddress } from "./listen-address.ts";
import { readToken } from "./read-token.ts";
import { dialectOption, mapOption, type ReadingFlags, readingOf } from "./reading-options.ts";
import type { Surroundings } from "./surroundings.ts";
import { terminalProgress } from "./terminal-progress.ts";
import { assertWritable } from "./write-output.ts";

interface FingerprintFlags extends ReadingFlags {
  readonly data?: string;
  readonly out?: string;
  readonly listen?: string;
  readonly to?: string;
  readonly tokenFile?: string;
  readonly strict?: true;
  readonly quiet?: true;
}

const REJECTIONS_SHOWN = 5;

/** `stillwatch fingerprint`: exchanges in, exchanges of fingerprints only out. */
export function fingerprintCommand(around: Surroundings): Command {
  return new Command("fingerprint")
    .description(
      "Turn exchanges into exchanges of fingerprints only, beside a gateway: no text leaves, and a scan of them says the same.",
    )
    .argument(
      "[files...]",
      "NDJSON (plain, .gz, .zst), JSON or Parquet files in any format of docs/dialects.md, globs, or - for standard input",
    )
    .addOption(mapOption())
    .addOption(dialectOption())
    .option("--out <file>", "write the lines to this file instead of standard output")
    .option("--listen <address>", "take posts of NDJSON on HOST:PORT, or on a port of this machine")
    .option("--to <url>", "with --listen: where to post the fingerprints")
    .option("--token-file <file>", "with --to: a file with the bearer token the receiver asks for")
    .option("--data <dir>", "use the secret of this data folder; the scan must use the same")
    .option("--strict", "treat a rejected line as an error")
    .option("--quiet", "no progress and no totals")
    .addHelpText("after", HELP_TAIL)
    .action(async (files: readonly string[], flags: FingerprintFlags) => {
      if (flags.listen === undefined) await runFilter(files, flags, around);
      else await runForwarder(files, flags, around);
      around.exitWith(EXIT.clear);
    });
}

async function runFilter(
  files: readonly string[],
  flags: FingerprintFlags,
  around: Surroundings,
): Promise<void> {
  if (files.length === 0) throw usage("Name files, - for standard input, or --listen an address.");
  if (flags.to !== undefined) throw usage("--to goes with --listen. Use --out for a file.");
  if (flags.out !== undefined) assertWritable(flags.out);
  const reading = await readingOf(flags);
  const writer =
    flags.out === undefined
      ? streamLineWriter(around.stdout, "standard output")
      : fileLineWriter(flags.out);
  const drawn = terminalProgress(around.stderr, around.clock);
  const watched = flags.quiet === true ? silent : drawn.progress;
  const { stdin } = around;
  // A read of standard input may never end by itself.
  const stopReading = (): void => void (stdin as NodeJS.ReadStream).destroy();
  process.once("SIGINT", stopReading);
  try {
    const totals = await interruptible(watched, async (progress) => {
      const { fingerprintFiles } = await import("../ingest/fingerprint-files.ts");
      const { withEngine } = await import("./with-engine.ts");
      return withEngine(flags.data, around, (engine) =>
        fingerprintFiles({
          ...engine,
          files,
          ...(files.includes("-") ? { stdin } : {}),
          reading,
          now: around.now(),
          progress,
          deliver: writer.write,
        }),
      );
    }).finally(drawn.finish);
    if (flags.strict === true && totals.rejected > 0) throw strictly(totals);
    await writer.finish();
    if (flags.quiet !== true) around.stderr.write(totalsText(totals));
  } finally {
    process.off("SIGINT", stopReading);
    await writer.abandon();
  }
}

async function runForwarder(
  files: readonly string[],
  flags: FingerprintFlags,
  around: Surroundings,
): Promise<void> {
  const { listen = "", to, tokenFile } = flags;
  if (files.length > 0 || flags.out !== undefined) {
    throw usage("--listen takes posts: it goes with --to, not with files or --out.");
  }
  const address = parseListenAddress(listen);
  const url = readUrl(to);
  const reading = await readingOf(flags);
  const token = tokenFile === undefined ? undefined : readToken(tokenFile);
  const { openForwarder } = await import("../ingest/open-forwarder.ts");
  const { postLines } = await import("../ingest/post-lines.ts");
  const { withEngine } = await import("./with-engine.ts");
  await withEngine(flags.data, around, async (engine) => {
    const deliver: Deliver = postLines(url, token);
    const forwarder = await openForwarder({
      ...engine,
      ...address,
      reading,
      now: around.now,
      deliver,
    });
    around.stderr.write(
      `Listening on ${forwarder.url}, forwarding fingerprints to ${url.origin}.\n`,
    );
    if (!isLoopback(address.host)) {
      around.stderr.write(
        "Whoever reaches this address can send exchanges, and they travel in plain text: keep it inside a network you trust.\n",
      );
    }
    await asked();
    await forwarder.close();
  });
}

/** Resolves when the process is asked to end. */
function asked(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
}

function readUrl(text: string | undefined): URL {
  const url = URL.canParse(text ?? "") ? new URL(text ?? "") : undefined;
  if (url === undefined || !["http:", "https:"].includes(url.protocol)) {
    throw usage(`--to ${text ?? ""}: give a URL, such as https://watch.example.org/exchanges.`);
  }
  if (url.username !== "" || url.password !== "") {
    throw usage("--to holds a password. Put a token into a file and give it as --token-file.");
  }
  return url;
}

function totalsText({ lines, made, rejected, rejections }: FingerprintTotals): string {
  const shown = rejections
    .slice(0, REJECTIONS_SHOWN)
    .map(({ file, line, reason }) => `  ${printable(file)}:${line}: ${printable(reason)}\n`);
  const refused = rejected === 0 ? "" : `; ${counted(rejected, "line")} rejected and left out`;
  return `${counted(made, "exchange")} fingerprinted of ${counted(lines, "line")}${refused}.\n${shown.join("")}`;
}

function strictly({ lines, rejected, rejections }: FingerprintTotals): StillwatchError {
  const first = rejections[0];
  return new StillwatchError("SW_INPUT_REJECTED", {
    rejected,
    lines,
    first: first === undefined ? "" : `${first.file}, line ${first.line}: ${first.reason}`,
  });
}

function usage(message: string): StillwatchError {
  return new StillwatchError("SW_USAGE", { message });
}

const HELP_TAIL = `
Fingerprints compare only with those made with the same secret. It stands in secrets.json of --data DIR or,
without --data, in the person's own data folder (~/.local/share/stillwatch), as for scan. Where fingerprint and
scan run on two machines, copy secrets.json to both (mode 0600): whoever has it can test guesses.

A line out is an exchange without bodies: id, time, account, organization, platform, region, model, status and
usage as given; everything else as keyed hashes and counts. Repeats are not removed: scan does that, by id.

With --listen, a post is answered with 200 only when the receiver has taken its fingerprints (at least once);
with 502 or 503 send it again. A body is NDJSON, plain, gzip or zstd, with content-type application/x-ndjson.

Exit codes:
  0    done; rejected lines are named on standard error
  1    failure
  2    the command line was wrong
  130  stopped by Ctrl-C (--listen ends with 0)

Examples:
  stillwatch fingerprint logs/*.ndjson.gz --out fingerprints.ndjson
  tail -F gateway.log | stillwatch fingerprint - --quiet >> fingerprints.ndjson
  stillwatch fingerprint --listen 8700 --to https://watch.example.org/exchanges --token-file token`;
