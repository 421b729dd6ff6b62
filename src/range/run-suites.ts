import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Progress } from "../core/progress.ts";
import { type RunJob, runJobs } from "./run-jobs.ts";
import { idOf, readRunLines, type RunFile, type RunHeader, type RunLine } from "./run-result.ts";
import type { Suite, SuiteSize, SuiteWorld } from "./suite.ts";

/** What to run, and how. */
export interface RunSuitesOptions {
  readonly suites: readonly Suite[];
  readonly size: SuiteSize;
  /** Seeds a world; undefined for each suite's own number. */
  readonly seeds: number | undefined;
  readonly scale: number | undefined;
  readonly q: number;
  readonly baselines: boolean;
  readonly knownGroups: boolean;
  /** Only worlds whose name begins so; all where empty. */
  readonly only: string;
  /** Folder that the worlds' texts come from. */
  readonly texts?: string | undefined;
  /** Child processes at a time. */
  readonly jobs: number;
  /** The module a child runs, and the environment it gets; its temporary files go into a folder of the run's own. */
  readonly child: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Where finished worlds are kept, a JSON line each, as they finish. */
  readonly json: string | undefined;
  /** Take what `json` already holds of this run, and add the rest. */
  readonly resume: boolean;
  readonly progress: Progress;
}

/** Runs every world of the suites with every seed, and returns what was scored. Each finished world is in `json` at once, so that an interrupted run can be read and resumed. */
export async function runSuites(options: RunSuitesOptions): Promise<RunFile> {
  const { json } = options;
  const headers = options.suites.map((suite) => headerOf(suite, options));
  const known = options.resume && json !== undefined ? readKnown(json, headers) : EMPTY;
  const lines: RunLine[] = [...headers, ...known.worlds];
  if (json !== undefined) writeFileSync(json, lines.map(written).join(""));
  const done = new Set(known.worlds.map(idOf));
  const jobs = options.suites
    .flatMap((suite, i) => jobsOf(suite, headers[i] as RunHeader, options))
    .filter((job) => !done.has(idOf(job)));
  const meter = progressMeter(jobs, options.progress);
  await inTemporaryFolder((folder) =>
    runJobs({
      jobs,
      workers: options.jobs,
      child: options.child,
      environment: { ...options.environment, TMPDIR: folder },
      onProgress: meter.onProgress,
      onLine: (job, line) => {
        lines.push(line);
        if (json !== undefined) appendFileSync(json, written(line));
        meter.onDone(job, line.kind === "world" ? line.exchanges : 0);
      },
    }),
  );
  return readRunLines(lines.map(written).join(""));
}

/** Runs work whose children put their temporary files into one folder, and removes it when they have ended. */
async function inTemporaryFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "stillwatch-range-"));
  const forget = (): void => rmSync(folder, { recursive: true, force: true });
  process.once("exit", forget);
  try {
    await work(folder);
  } finally {
    process.removeListener("exit", forget);
    await removeForGood(folder);
  }
}

/** The engine of a child that was told to end may write for a moment more: removed again until it stays away. */
async function removeForGood(folder: string): Promise<void> {
  for (let quiet = 0, tries = 0; quiet < 2 && tries < MOST_REMOVALS; tries++) {
    quiet = existsSync(folder) ? 0 : quiet + 1;
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    if (tries > 0) await setTimeout(REMOVAL_PAUSE_MS);
  }
}

const MOST_REMOVALS = 40;
const REMOVAL_PAUSE_MS = 150;
const EMPTY: RunFile = { headers: [], worlds: [], failures: [] };

function headerOf(suite: Suite, options: RunSuitesOptions): RunHeader {
  const seeds = options.seeds ?? suite.seeds[options.size];
  return {
    kind: "run",
    version: 1,
    suite: suite.id,
    size: options.size,
    seeds,
    scale: options.scale ?? null,
    q: options.q,
    worlds: seeds * worldsOf(suite, options).length,
  };
}

function worldsOf(suite: Suite, { size, only }: RunSuitesOptions): readonly SuiteWorld[] {
  return suite.worlds(size).filter(({ name }) => name.startsWith(only));
}

/** Worlds of an earlier run of the same suites, size and scale; none where the file is missing or of another run. */
function readKnown(path: string, headers: readonly RunHeader[]): RunFile {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    return EMPTY;
  }
  const file = readRunLines(text);
  const alike = (a: RunHeader, b: RunHeader): boolean =>
    a.suite === b.suite && a.size === b.size && a.scale === b.scale && a.q === b.q;
  const suites = new Set(
    headers.filter((header) => file.headers.some((old) => alike(old, header))).map((h) => h.suite),
  );
  return { ...EMPTY, worlds: file.worlds.filter(({ suite }) => suites.has(suite)) };
}

/** By seed, then by world, so that an interrupted run holds whole seeds. */
function jobsOf(suite: Suite, header: RunHeader, options: RunSuitesOptions): RunJob[] {
  const { size, q, baselines, knownGroups, texts } = options;
  return Array.from({ length: header.seeds }, (_, i) => String(i + 1)).flatMap((seed) =>
    worldsOf(suite, options).map(({ name }) => ({
      suite: suite.id,
      size,
      world: name,
      seed,
      scale: header.scale,
      q,
      baselines,
      knownGroups,
      ...(texts === undefined ? {} : { texts }),
    })),
  );
}

function written(line: RunLine): string {
  return `${JSON.stringify(line)}\n`;
}

/** Turns the children's progress into one line: exchanges judged, of as many as the worlds seen so far suggest. */
function progressMeter(
  jobs: readonly RunJob[],
  progress: Progress,
): {
  readonly onProgress: Parameters<typeof runJobs>[0]["onProgress"];
  readonly onDone: (job: RunJob, exchanges: number) => void;
} {
  const finished = new Map<RunJob, number>();
  const running = new Map<RunJob, number>();
  const sizes = new Map<string, number>();
  const sum = (values: Iterable<number>): number => [...values].reduce((a, b) => a + b, 0);
  const sizeOf = (job: RunJob): number | undefined => sizes.get(`${job.suite}/${job.world}`);
  const report = (): void => {
    const done = sum(finished.values()) + sum(running.values());
    const mean = sum(finished.values()) / Math.max(1, finished.size);
    const total = sum(jobs.map((job) => finished.get(job) ?? sizeOf(job) ?? mean));
    progress({
      stage: `running ${jobs.length} worlds`,
      done,
      ...(finished.size === 0 ? {} : { total: Math.max(total, done) }),
      unit: "exchanges",
    });
  };
  return {
    onProgress: (job, event) => {
      if (event.stage === "Judging") running.set(job, event.done);
      report();
    },
    onDone: (job, exchanges) => {
      running.delete(job);
      finished.set(job, exchanges);
      sizes.set(`${job.suite}/${job.world}`, exchanges);
      report();
    },
  };
}
