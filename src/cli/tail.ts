import { statSync } from "node:fs";
import { Command } from "commander";
import { StillwatchError } from "../core/errors.ts";
import type { ObjectTold } from "../ingest/follow-objects.ts";
import type { ObjectStore } from "../ingest/object-store.ts";
import { printable } from "../report/printable.ts";
import { counted } from "../report/wording.ts";
import { EXIT } from "./exit-codes.ts";
import { readToken } from "./read-token.ts";
import { dialectOption, mapOption, type ReadingFlags, readingOf } from "./reading-options.ts";
import type { Surroundings } from "./surroundings.ts";

interface TailFlags extends ReadingFlags {
  readonly to: string;
  readonly tokenFile?: string;
  readonly place?: string;
  readonly once?: true;
  readonly quiet?: true;
}

/** How often a file, a folder and a bucket are looked at again. */
const POLL_MS = { file: 500, folder: 5_000, bucket: 60_000 };
const BUCKET = /^s3:\/\/([^/]+)\/?(.*)$/;

/** `stillwatch tail`: sends a log's lines to `stillwatch serve` as they are written. */
export function tailCommand(around: Surroundings): Command {
  return new Command("tail")
    .description(
      "Send logs to `stillwatch serve` as they are written: a file through its rotations, or what comes into a folder or a bucket.",
    )
    .argument("<source>", "a file of NDJSON, a folder, or s3://BUCKET/PREFIX")
    .option("--to <url>", "where the server takes them", "http://127.0.0.1:8710/v1/exchanges")
    .option("--token-file <file>", "a file with the token that the server asks for")
    .option("--place <file>", "where to remember how far it came (default: SOURCE.place)")
    .option("--once", "end when what is there now was sent")
    .addOption(mapOption())
    .addOption(dialectOption())
    .option("--quiet", "say nothing but failures")
    .addHelpText("after", HELP_TAIL)
    .action(async (source: string, flags: TailFlags) => {
      await runTail(source, flags, around);
      around.exitWith(EXIT.clear);
    });
}

async function runTail(source: string, flags: TailFlags, around: Surroundings): Promise<void> {
  const url = URL.canParse(flags.to) ? new URL(flags.to) : undefined;
  if (url === undefined || !["http:", "https:"].includes(url.protocol)) {
    throw usage(`--to ${flags.to}: give a URL, such as http://127.0.0.1:8710/v1/exchanges.`);
  }
  const token = flags.tokenFile === undefined ? undefined : readToken(flags.tokenFile);
  const say = (text: string): void => {
    if (flags.quiet !== true) around.stderr.write(`${printable(text)}\n`);
  };
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());
  const { sendLines } = await import("../ingest/send-lines.ts");
  let [taken, refused] = [0, 0];
  const send = sendLines({
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
  });
  const onTold = (told: ObjectTold): void => {
    if (told.kind === "refused") refused++;
    say(toldLine(told));
  };
  const { environment } = around;
  await follow(source, flags, { send, signal: stop.signal, onTold, environment });
  say(`Ended. ${counted(taken, "line")} taken, ${refused} refused.`);
}

interface Following {
  readonly send: (lines: Buffer) => Promise<void>;
  readonly signal: AbortSignal;
  readonly onTold: (told: ObjectTold) => void;
  readonly environment: Surroundings["environment"];
}

async function follow(source: string, flags: TailFlags, following: Following): Promise<void> {
  const once = flags.once === true;
  const kind = kindOf(source);
  if (kind === "file") {
    if (flags.map !== undefined || flags.dialect !== undefined) {
      throw usage(`${source}: --map and --dialect are for folders and buckets.`);
    }
    const { tailFile } = await import("../ingest/tail-file.ts");
    const placePath = flags.place ?? `${source}.place`;
    const signal = once ? AbortSignal.abort() : following.signal;
    return tailFile({ ...following, path: source, placePath, pollMs: POLL_MS.file, signal });
  }
  const name = kind === "folder" ? source.replace(/[/\\]+$/, "") : source.replace(/\W+/g, "-");
  const { followObjects } = await import("../ingest/follow-objects.ts");
  return followObjects({
    ...following,
    store: await openStore(source, kind, following.environment),
    reading: await readingOf(flags),
    placePath: flags.place ?? `${name.replace(/-$/, "")}.place`,
    pollMs: POLL_MS[kind],
    once,
  });
}

function kindOf(source: string): keyof typeof POLL_MS {
  if (source.startsWith("s3:")) return "bucket";
  return statSync(source, { throwIfNoEntry: false })?.isDirectory() === true ? "folder" : "file";
}

async function openStore(
  source: string,
  kind: "folder" | "bucket",
  environment: Surroundings["environment"],
): Promise<ObjectStore> {
  if (kind === "folder") return (await import("../ingest/object-store.ts")).openFolder(source);
  const [, bucket, prefix = ""] = BUCKET.exec(source) ?? [];
  if (bucket === undefined) throw usage(`${source}: write s3://BUCKET/PREFIX.`);
  const { openBucket } = await import("../ingest/s3-bucket.ts");
  return openBucket({ bucket, prefix, environment });
}

function toldLine(told: ObjectTold): string {
  if (told.kind === "away") return `The store does not answer (${told.reason}); it is asked again.`;
  if (told.kind === "skipped") return `${told.key} is skipped (${told.reason}).`;
  return `${told.key}, line ${told.line}: refused (${told.reason}).`;
}

function usage(message: string): StillwatchError {
  return new StillwatchError("SW_USAGE", { message });
}

const HELP_TAIL = `
It begins where the last run ended, at first at the beginning. A line may be sent twice, which changes nothing, and
none is left out. A rotated file is sent to its end before the new one; one that is cut short is read from its
beginning. Ctrl-C or SIGTERM ends it once what is written, or the object at hand, was sent.

In a folder or a bucket, whole files of any format of docs/dialects.md, plain, gzip or zstd, are sent once each, and
again when they change: Bedrock's invocation logs, for example. A bucket is looked through once a minute, a thousand
objects a request, so give a prefix. Keys come from AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN,
the region from AWS_REGION; AWS_ENDPOINT_URL names another store of the protocol, such as MinIO or R2.

Exit codes:
  0    ended when asked
  1    failure: the source is not there or refuses, or the server refuses the token
  2    the command line was wrong

Examples:
  stillwatch tail /var/log/gateway.ndjson
  stillwatch tail gateway.ndjson --to https://watch.example.org/v1/exchanges --token-file token
  stillwatch tail s3://our-logs/AWSLogs/123456789012/BedrockModelInvocationLogs/ --place ./watch-s3.place`;
