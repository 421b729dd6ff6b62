import { existsSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { StillwatchError } from "../core/errors.ts";
import { silent } from "../core/progress.ts";
import type { RunFile } from "../range/run-result.ts";
import { SUITE_SIZES, type Suite, type SuiteSize } from "../range/suite.ts";
import type { TextSource } from "../range/texts/text-source.ts";
import type { WorldRecipe } from "../range/write-shards.ts";
import { EXIT } from "./exit-codes.ts";
import { interruptible } from "./interruption.ts";
import type { Surroundings } from "./surroundings.ts";
import { terminalProgress } from "./terminal-progress.ts";
import { assertWritable, writeOutput } from "./write-output.ts";

interface OutputFlags {
  readonly report?: string;
  readonly markdown?: string;
}

interface RunFlags extends OutputFlags {
  readonly seeds?: string;
  readonly scale?: string;
  readonly size: string;
  readonly jobs?: string;
  readonly json?: string;
  readonly resume?: true;
  readonly baselines?: true;
  readonly knownGroups?: true;
  readonly world?: string;
  readonly texts?: string;
  readonly quiet?: true;
}

interface MakeFlags {
  readonly data?: string;
  readonly texts?: string;
  readonly folder: string;
  readonly seed: string;
  readonly scale?: string;
  readonly size: string;
  readonly quiet?: true;
}

const Q = 0.01;
const TEXTS =
  "folder of .txt, .md, .csv, .json, .jsonl or .ndjson files that people's and operations' texts are taken from";
/** Of this file and its neighbours: `.ts` here, `.js` where the package was built. */
const ENDING = extname(new URL(import.meta.url).pathname);
const MOST_SEEDS = 10_000;

/** `stillwatch range`: worlds with known truth, and the scoring of the whole pipeline on them. */
export function rangeCommand(around: Surroundings): Command {
  return new Command("range")
    .description("Make worlds of traffic with known truth, and score the whole pipeline on them.")
    .helpCommand(false)
    .addCommand(listCommand(around))
    .addCommand(makeCommand(around))
    .addCommand(runCommand(around))
    .addCommand(reportCommand(around));
}

function listCommand(around: Surroundings): Command {
  return new Command("list")
    .description("Say what suites, operations, look-alikes and published methods there are.")
    .action(async () => {
      const { rangeList } = await import("./range-list.ts");
      around.stdout.write(rangeList());
    });
}

function makeCommand(around: Surroundings): Command {
  return new Command("make")
    .description(
      "Write one world of a suite as files, or straight into a data folder: exchanges, accounts, truth, agreements.",
    )
    .argument("<suite>", "a suite's name (see `stillwatch range list`)")
    .argument("[world]", "a world's name; the suite's first where none is given")
    .option("--folder <dir>", "where the files are written", "stillwatch-world")
    .option(
      "--data <dir>",
      "put exchanges and accounts as fingerprints into this empty data folder, instead of files",
    )
    .option("--seed <text>", "another seed makes another world; the same one the same bytes", "1")
    .option(
      "--scale <share>",
      "share of the reported sizes, 0.001 to 1; fitted to the world if absent",
    )
    .option("--size <size>", "full or ci", "full")
    .option("--texts <dir>", TEXTS)
    .option("--quiet", "no progress")
    .addHelpText("after", MAKE_EXAMPLES)
    .action((suite: string, world: string | undefined, flags: MakeFlags) =>
      makeWorld(suite, world, flags, around),
    );
}

function runCommand(around: Surroundings): Command {
  return outputOptions(
    new Command("run")
      .description("Make, scan and score worlds × seeds, in child processes, and print tables.")
      .argument(
        "[suite]",
        "reported, hiding, legitimate, frontier or drift; all of them where none is given",
      )
      .option("--seeds <n>", "seeds a world; each suite's own number where absent (see list)")
      .option(
        "--scale <share>",
        "share of the reported sizes, 0.001 to 1; fitted to the world if absent",
      )
      .option("--size <size>", "full, or ci for a look at every change", "full")
      .option("--jobs <n>", "worlds at a time; one a core where absent")
      .option("--json <file>", "keep every finished world as a JSON line, from the first one on")
      .option("--resume", "take the worlds that --json already holds, and run the others")
      .option("--baselines", "score the published methods on the same worlds too")
      .option(
        "--known-groups",
        "weigh each operation's accounts as a group that needs no finding, too: what the evidence takes by itself",
      )
      .option("--world <name>", "only worlds whose name begins so")
      .option("--texts <dir>", TEXTS)
      .option("--quiet", "no progress; the tables are still printed"),
  )
    .addHelpText("after", HELP_TAIL)
    .action(async (suite: string | undefined, flags: RunFlags) => {
      around.exitWith(await runRange(suite, flags, around));
    });
}

function reportCommand(around: Surroundings): Command {
  return outputOptions(
    new Command("report")
      .description("Print the tables of runs that were kept with --json, finished or not.")
      .argument("<files...>", "files written by `stillwatch range run --json`"),
  ).action(async (files: readonly string[], flags: OutputFlags) => {
    assertOutputs([flags.report, flags.markdown]);
    await show(await readRuns(files), flags, around);
  });
}

async function readRuns(files: readonly string[]): Promise<RunFile> {
  const { joinRuns, readRunLines } = await import("../range/run-result.ts");
  try {
    return joinRuns(files.map((file) => readRunLines(readInput(file))));
  } catch (cause) {
    if (cause instanceof RangeError) throw usage(`The files hold ${cause.message}.`);
    if (!(cause instanceof SyntaxError)) throw cause;
    const path = files.join(", ");
    throw new StillwatchError("SW_INPUT_UNREADABLE", { path, reason: cause.message }, cause);
  }
}

function outputOptions(command: Command): Command {
  return command
    .option("--report <file.html>", "write a page with tables and curves that needs no network")
    .option(
      "--markdown <file.md>",
      "write the tables as Markdown; where the file has the markers of docs/range.md, between them",
    );
}

async function makeWorld(
  id: string,
  name: string | undefined,
  flags: MakeFlags,
  around: Surroundings,
): Promise<void> {
  const [suite] = await suitesNamed(id);
  const worlds = suite?.worlds(sizeOf(flags.size)) ?? [];
  const world = name === undefined ? worlds[0] : worlds.find((one) => one.name === name);
  if (world === undefined) {
    throw usage(
      `No world ${name} in ${id}. There are: ${worlds.map((one) => one.name).join("; ")}.`,
    );
  }
  if (flags.data !== undefined && flags.texts !== undefined) {
    throw usage("--data does not go with --texts: leave one out.");
  }
  const size = sizeOf(flags.size);
  const scale = scaleOf(flags.scale);
  const texts = flags.texts === undefined ? undefined : await textsFrom(flags.texts);
  const made = world.make(flags.seed, scale, texts);
  const recipe: WorldRecipe = {
    module: new URL(`../range/suites/catalog${ENDING}`, import.meta.url).href,
    make: "makeSuiteWorld",
    parameters: [id, size, world.name, flags.seed, scale],
  };
  const drawn = terminalProgress(around.stderr, around.clock);
  const watched = flags.quiet === true ? silent : drawn.progress;
  const { data: dataDir } = flags;
  if (dataDir !== undefined) {
    const { makeDirectly } = await import("./range-directly.ts");
    const said = await interruptible(watched, (progress) =>
      makeDirectly({ world: made, recipe, dataDir, folder: flags.folder, progress }),
    ).finally(drawn.finish);
    around.stdout.write(`${world.name}, seed ${flags.seed}: ${said}`);
    return;
  }
  const { writeWorld } = await import("../range/write-world.ts");
  const { counts, exchanges, accounts } = await interruptible(watched, (progress) =>
    // Threads can't share the order in which a folder's texts are dealt.
    writeWorld(made, flags.folder, progress, texts === undefined ? recipe : undefined),
  ).finally(drawn.finish);
  around.stdout.write(
    `${world.name}, seed ${flags.seed}: ${counts.exchanges} exchanges of ${counts.accounts} accounts in ${flags.folder}.\nstillwatch scan ${exchanges} --accounts ${accounts}\n`,
  );
}

async function textsFrom(folder: string): Promise<TextSource> {
  const { folderTexts } = await import("../range/texts/folder-texts.ts");
  const { readTexts } = await import("../range/texts/read-texts.ts");
  return folderTexts(readTexts(folder));
}

async function runRange(
  id: string | undefined,
  flags: RunFlags,
  around: Surroundings,
): Promise<number> {
  const suites = await suitesNamed(id);
  const jobs =
    flags.jobs === undefined ? availableParallelism() : wholeOf(flags.jobs, "--jobs", 256);
  const seeds = flags.seeds === undefined ? undefined : wholeOf(flags.seeds, "--seeds", MOST_SEEDS);
  if (flags.resume === true && flags.json === undefined) {
    throw usage("--resume needs --json: the file that holds what was finished.");
  }
  if (flags.resume === true && flags.texts !== undefined) {
    throw usage("--resume does not go with --texts: the file does not say whose words it was.");
  }
  const size = sizeOf(flags.size);
  const { world: only = "" } = flags;
  const names = suites.flatMap((suite) => suite.worlds(size).map(({ name }) => name));
  if (!names.some((name) => name.startsWith(only))) {
    throw usage(`No world's name begins with ${only}. There are: ${names.join("; ")}.`);
  }
  assertOutputs([flags.json, flags.report, flags.markdown]);
  const drawn = terminalProgress(around.stderr, around.clock);
  const { runSuites } = await import("../range/run-suites.ts");
  const file = await interruptible(flags.quiet === true ? silent : drawn.progress, (progress) =>
    runSuites({
      suites,
      size,
      seeds,
      scale: scaleOf(flags.scale),
      q: Q,
      baselines: flags.baselines === true,
      knownGroups: flags.knownGroups === true,
      only,
      texts: flags.texts,
      jobs,
      child: fileURLToPath(new URL(`./range-child${ENDING}`, import.meta.url)),
      environment: around.environment,
      json: flags.json,
      resume: flags.resume === true,
      progress,
    }),
  )
    .catch((error: unknown) => {
      const stopped = error instanceof StillwatchError && error.code === "SW_INTERRUPTED";
      if (!stopped || flags.json === undefined) throw error;
      return undefined;
    })
    .finally(drawn.finish);
  if (file === undefined) {
    around.stderr.write(
      `Stopped. Finished worlds are in ${flags.json}: read them with \`stillwatch range report ${flags.json}\`, or go on with --resume.\n`,
    );
    return EXIT.interrupted;
  }
  await show(file, flags, around);
  return file.failures.length > 0 ? EXIT.failure : EXIT.clear;
}

/** Prints the tables and writes what else was asked for. */
async function show(file: RunFile, flags: OutputFlags, around: Surroundings): Promise<void> {
  const { summarize } = await import("../range/score-summary.ts");
  const { SUITES } = await import("../range/suites/catalog.ts");
  const { summaryMarkdown, summaryText, withTables } = await import("../range/score-pages.ts");
  const summaries = summarize(file, SUITES);
  if (summaries.length === 0) {
    around.stdout.write("No world was finished.\n");
    for (const { world, seed, reason } of file.failures) {
      around.stderr.write(`${world}, seed ${seed}: ${reason}\n`);
    }
    return;
  }
  around.stdout.write(`${summaries.map(summaryText).join("\n\n")}\n`);
  if (flags.report !== undefined) {
    const { renderRangeReport } = await import("../report/range-report.ts");
    writeOutput(flags.report, renderRangeReport({ summaries, generatedAt: around.now() }));
  }
  if (flags.markdown !== undefined) {
    const page = existsSync(flags.markdown) ? readInput(flags.markdown) : undefined;
    writeOutput(flags.markdown, withTables(page, summaries.map(summaryMarkdown).join("\n")));
  }
}

async function suitesNamed(id: string | undefined): Promise<readonly Suite[]> {
  const { SUITES } = await import("../range/suites/catalog.ts");
  if (id === undefined) return SUITES;
  const suite = SUITES.find((one) => one.id === id);
  if (suite === undefined) {
    throw usage(`No suite ${id}. There are: ${SUITES.map((one) => one.id).join(", ")}.`);
  }
  return [suite];
}

function sizeOf(text: string): SuiteSize {
  const size = SUITE_SIZES.find((one) => one === text);
  if (size === undefined) throw usage(`--size ${text}: give ${SUITE_SIZES.join(" or ")}.`);
  return size;
}

/** `0.01`, `1:100` or `1/100` as a share of the reported sizes. */
function scaleOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const parts = /^1[:/](\d+)$/.exec(text);
  const scale = parts === null ? Number(text) : 1 / Number(parts[1]);
  if (!(scale >= 0.001 && scale <= 1)) {
    throw usage(`--scale ${text}: give a share of 0.001 to 1, or 1:1000 to 1:1.`);
  }
  return scale;
}

function wholeOf(text: string, option: string, most: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > most) {
    throw usage(`${option} ${text}: give a whole number of 1 to ${most}.`);
  }
  return value;
}

function assertOutputs(paths: readonly (string | undefined)[]): void {
  const given = paths.filter((path) => path !== undefined);
  if (new Set(given).size < given.length)
    throw usage("Two outputs name one file. Give each its own.");
  for (const path of given) assertWritable(path);
}

function readInput(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "ENOENT") throw new StillwatchError("SW_INPUT_MISSING", { path }, cause);
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StillwatchError("SW_INPUT_UNREADABLE", { path, reason }, cause);
  }
}

function usage(message: string): StillwatchError {
  return new StillwatchError("SW_USAGE", { message });
}

const MAKE_EXAMPLES = `
Examples:
  stillwatch range make reported --folder world --seed 7
  stillwatch range make reported --scale 1:100 --data watch
  stillwatch scan --data watch`;

const HELP_TAIL = `
Exit codes: 0 every world was scored, 1 some failed, 2 the command line was wrong,
130 stopped by Ctrl-C (what was finished is in --json).

Examples:
  stillwatch range run legitimate --size ci
  stillwatch range run reported --seeds 20 --json reported.ndjson --report range.html
  stillwatch range run hiding --world "all together" --seeds 1 --known-groups
  stillwatch range report reported.ndjson hiding.ndjson --markdown docs/range.md`;
