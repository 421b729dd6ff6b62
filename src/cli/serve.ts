import { Command } from "commander";
import { isLoopback } from "../core/loopback.ts";
import type { IntakeState } from "../ingest/open-intake.ts";
import { counted } from "../report/wording.ts";
import { tracingOf } from "../server/open-tracer.ts";
import type { Notice } from "../server/serve.ts";
import { parseByteSize } from "./byte-size.ts";
import { parseDuration } from "./duration.ts";
import { EXIT } from "./exit-codes.ts";
import { failureLine } from "./failure-line.ts";
import { calendarOption, type JudgingFlags, judgingOf } from "./judging-options.ts";
import { keepDaysOf, keepOption } from "./keep-option.ts";
import { parseListenAddress } from "./listen-address.ts";
import { parseProxies } from "./proxies.ts";
import type { Surroundings } from "./surroundings.ts";
import { ledgerOption, ledgerUrl } from "./with-ledger.ts";

interface ServeFlags extends JudgingFlags {
  readonly lateness?: string;
  readonly data: string;
  readonly listen: string;
  readonly keepText: string;
  readonly keep: string;
  readonly mostWaiting: string;
  readonly leastFree: string;
  readonly alerts?: string;
  readonly commands?: string;
  readonly oidc?: string;
  readonly ledger?: string;
  readonly staleAfter: string;
  readonly proxy?: string;
  readonly quiet?: true;
}

const DAY = 86_400;

/** `stillwatch serve`: takes live traffic over HTTP into a data folder. */
export function serveCommand(around: Surroundings): Command {
  return new Command("serve")
    .description(
      "Take exchanges and accounts over HTTP into a data folder, and judge them: what is acknowledged is on disk, and counts once.",
    )
    .requiredOption("--data <dir>", "the folder to keep what is taken in")
    .option("--listen <address>", "HOST:PORT, or a port of this machine", "8710")
    .option(
      "--keep-text <duration>",
      "how long raw prompts and answers are kept, where the account's contract allows it; 0 keeps none",
      "7d",
    )
    .addOption(keepOption().default("90d"))
    .option(
      "--most-waiting <size>",
      "when this much waits to be fingerprinted, senders are told to wait",
      "1GB",
    )
    .option(
      "--least-free <size>",
      "when the folder's disk has less than this left, senders are told to wait",
      "2GB",
    )
    .option("--tick <duration>", "how often the traffic's own clock is judged", "1h")
    .option("--q <rate>", "false-discovery rate: the share of wrong flags to accept", "0.01")
    .option(
      "--config <file.yaml>",
      "q, tick, calendar and the signals' parameters; --q, --tick and --calendar win over it",
    )
    .addOption(calendarOption())
    .option(
      "--lateness <duration>",
      "how long an exchange may be on its way: a tick is judged when the traffic is this far beyond it; by default a twelfth of the tick, a minute at least",
    )
    .option(
      "--alerts <file.yaml>",
      "send alerts of what is flagged, of fields that stop coming, and of who breaks glass, as this file says; `stillwatch alert example` prints one",
    )
    .option(
      "--commands <file.yaml>",
      "ask your account service to apply what is decided, and write referrals, as this file says; `stillwatch outbox example` prints one",
    )
    .addOption(ledgerOption())
    .option(
      "--stale-after <duration>",
      "how long what is decided is believed while the ledger is out of reach; then gateways are told to allow what cases restrict, and to deny what directives cover. `never`: what was known last holds",
      "1h",
    )
    .option(
      "--oidc <file.yaml>",
      "the identity provider by which people sign in, as the guide shows; its secret comes from the environment or a file of its own",
    )
    .option(
      "--proxy <addresses>",
      "the proxies in front, 10.0.0.7 or 10.0.0.0/8, with commas: what they say in x-forwarded-for is who tries to sign in, and they may hold all connections",
    )
    .option("--quiet", "say nothing but failures")
    .addHelpText("after", HELP_TAIL)
    .action(async (flags: ServeFlags, command: Command) => {
      const isSaid = (option: string): boolean => command.getOptionValueSource(option) === "cli";
      await runServer(flags, isSaid, around);
      around.exitWith(EXIT.clear);
    });
}

async function runServer(
  flags: ServeFlags,
  isSaid: (option: string) => boolean,
  around: Surroundings,
): Promise<void> {
  const address = parseListenAddress(flags.listen);
  const keepText = parseDuration(flags.keepText, "--keep-text", { least: 0, most: 3650 * DAY });
  const sizes = { least: 1_000_000, most: 1e15 };
  const say = (text: string): void => void around.stderr.write(text);
  const judging = await judgingOf(flags, isSaid);
  const latenessSeconds =
    flags.lateness === undefined
      ? Math.max(60, judging.tickSeconds / 12)
      : parseDuration(flags.lateness, "--lateness", { least: 0, most: 7 * DAY });
  const tracing = tracingOf(around.environment);
  const alerting = await alertingOf(flags, around);
  const signIn = await signInOf(flags, around);
  const commands = await commandsOf(flags, around);
  const asked = toEnd();
  const { serve } = await import("../server/serve.ts");
  const serving = await serve({
    ...address,
    dataDir: flags.data,
    ledgerUrl: ledgerUrl(flags, around),
    staleAfterSeconds: staleAfterOf(flags),
    proxies: flags.proxy === undefined ? undefined : parseProxies(flags.proxy),
    keepTextDays: keepText / DAY,
    keepDays: keepDaysOf(flags.keep),
    mostWaiting: parseByteSize(flags.mostWaiting, "--most-waiting", sizes),
    leastFree: parseByteSize(flags.leastFree, "--least-free", { ...sizes, least: 0 }),
    now: around.now,
    clock: around.clock,
    judging: { ...judging, latenessSeconds },
    alerting,
    commands,
    signIn,
    tracing,
    onNotice: (notice, error) => say(noticeLine(notice, error)),
  });
  if (flags.quiet !== true) say(greeting(serving.url, address.host));
  onHangUp(async () => {
    const settings = await alertingOf(flags, around);
    if (settings !== undefined) await serving.useAlerting(settings);
    say(settings === undefined ? NOTHING_TO_READ : `Read ${flags.alerts} again.\n`);
  }, say);
  await asked;
  if (flags.quiet !== true) say("Ending: what was taken goes into the warehouse first.\n");
  const state = await serving.close();
  if (flags.quiet !== true) say(farewell(state));
}

function staleAfterOf({ staleAfter }: ServeFlags): number {
  return staleAfter === "never"
    ? Number.POSITIVE_INFINITY
    : parseDuration(staleAfter, "--stale-after", { least: 5, most: 30 * DAY });
}

/** What `--alerts` says now; undefined where there is none. Throws what is wrong with the file. */
async function alertingOf({ alerts }: ServeFlags, { environment }: Surroundings) {
  if (alerts === undefined) return undefined;
  const { readAlertSettings } = await import("../response/alert-settings.ts");
  return readAlertSettings(alerts, environment);
}

/** What `--oidc` says; undefined where there is none. Throws what is wrong with the file. */
async function signInOf({ oidc }: ServeFlags, { environment }: Surroundings) {
  if (oidc === undefined) return undefined;
  const { readSignInSettings } = await import("../server/sign-in-settings.ts");
  return readSignInSettings(oidc, environment);
}

/** What `--commands` says; undefined where there is none. Throws what is wrong with the file. */
async function commandsOf({ commands }: ServeFlags, { environment }: Surroundings) {
  if (commands === undefined) return undefined;
  const { readOutboxSettings } = await import("../response/outbox-settings.ts");
  return readOutboxSettings(commands, environment);
}

/** Reads again what may change, one after the other, when the process is told to (SIGHUP). What can't be read changes nothing. */
function onHangUp(read: () => Promise<void>, say: (text: string) => void): void {
  let reading: Promise<void> = Promise.resolve();
  process.on("SIGHUP", () => {
    reading = reading
      .then(read)
      .catch((error: unknown) => say(`${failureLine(error, false)}\nNothing was changed.\n`));
  });
}

/** Resolves when the process is asked to end; asked twice, it ends at once, and the next start takes up what waits. */
function toEnd(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      process.on(signal, () => {
        if (asked) process.exit(EXIT.interrupted);
        asked = true;
        resolve();
      });
    }
  });
}

function greeting(url: string, host: string): string {
  const open = isLoopback(host)
    ? ""
    : "What is sent travels in plain text: put a proxy with TLS in front.\n";
  return `Listening on ${url}.\n${open}`;
}

function farewell({ taken, accepted, repeats, rejected, waitingLines }: IntakeState): string {
  const waits =
    waitingLines === 0 ? "" : ` ${counted(waitingLines, "line")} wait for the next start.`;
  return `Ended. ${counted(taken, "line")} taken; into the warehouse went ${counted(accepted, "exchange")}, ${counted(repeats, "repeat")} left out, ${rejected} rejected.${waits}\n`;
}

function noticeLine(notice: Notice, error: unknown): string {
  if (notice === "freed") return "stillwatch: the warehouse takes lines again.\n";
  const line = failureLine(error, false);
  return notice === "failure"
    ? `${line}\n`
    : `${line}\nstillwatch: what was taken waits in the journal, and is tried again.\n`;
}

const NOTHING_TO_READ =
  "There is no --alerts file to read again. Tokens count within a second as it is.\n";

const HELP_TAIL = `
  POST /v1/exchanges   lines of docs/guide.md, or any format of docs/dialects.md (NDJSON, plain, gzip or zstd)
  POST /v1/accounts    lines about accounts; their \`text\` binds what is drained after them
  POST /v1/traces      OTLP/HTTP, JSON or protobuf; also by PUT
  POST /v1/litellm     LiteLLM's generic logger
  GET  /v1/groups      what is flagged now, as scan --json writes it (scope groups:read)
  GET  /v1/decision    what a gateway is to do for ?account=, &key=, &person=, &model=; by POST too (scope decisions:read)
  GET  /v1/decisions   all that is decided, signed; ?since= what changed, as text/event-stream what changes (the same scope)
  /v1/gateways/…       the same in the words of NGINX, Envoy and LiteLLM; /v1/data/stillwatch in OPA's (the same scope)
  GET  /v1/status      how the server does (scope status:read)
  GET  /metrics        the same for Prometheus (scope metrics:read)
  GET  /v1/sign-in     begins a session of a person, by the provider of --oidc
  GET  /health         200 while the server is up; anyone may ask
  GET  /ready          200 while every stage works, otherwise 503 and which doesn't; anyone may ask

An answer of 200 says how many lines were taken, and which were refused and why: taken lines are on disk. On 429
and 503, and where no answer came, send the same lines again: an exchange counts once, by id and UTC day.

Until the first token is made, only this machine is answered, and without one. \`stillwatch token create\` makes one;
from then on every route but /health and /ready asks for it. Ctrl-C or SIGTERM ends the server when all is in the warehouse;
SIGHUP makes it read the --alerts file again. A tick of the traffic is judged when the traffic is --lateness beyond it.
While the server runs, no other command can use the folder; afterwards \`stillwatch scan --data DIR\` says of it what
GET /v1/groups said.

Exit codes:
  0    ended when asked
  1    failure
  2    the command line was wrong
  130  asked to end twice; what was taken is taken up at the next start

Examples:
  stillwatch serve --data ./watch
  stillwatch token create gateway --scope intake:write --data ./watch
  stillwatch serve --data ./watch --listen 0.0.0.0:8710 --keep 60d --keep-text 0
  stillwatch serve --data ./watch --listen 10.0.0.8:8710 --proxy 10.0.0.7
  curl -H "authorization: Bearer $TOKEN" -H "content-type: application/x-ndjson" \\
    --data-binary @today.ndjson http://127.0.0.1:8710/v1/exchanges`;
