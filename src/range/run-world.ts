import { readFile, rm, mkdtemp } from "node:fs/promises";
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ScanResult } from "../core/assessment.ts";
import type { Study } from "../core/hypothesis.ts";
import type { Progress } from "../core/progress.ts";
import type { Warehouse } from "../warehouse/open-warehouse.ts";
import type { Baseline } from "./baselines/baseline.ts";
import type { BaselineScore, WorldResult } from "./run-result.ts";
import { type Census, counted } from "./score-census.ts";
import { scoreFlags } from "./score-flags.ts";
import { knownGroups, scoreKnown } from "./score-known.ts";
import { scorePeople } from "./score-people.ts";
import { type ScoredGroup, scoreScan } from "./score-scan.ts";
import { scoreStudy } from "./score-study.ts";
import type { TextSource } from "./texts/text-source.ts";
import type { SuiteWorld } from "./suite.ts";
import type { CampaignTruth, Truth } from "./world.ts";
import { writeWorld, type WrittenWorld } from "./write-world.ts";

/** What a scan of a written world gives the range. The range does not know the judge: whoever runs it hands the pipeline in. */
export interface RangeScan {
  readonly result: Pick<ScanResult, "groups">;
  readonly study: Study;
}

/**
 * The real pipeline over a world's files. `inspect` is called once with the warehouse after intake and judging; `given`
 * are groups to weigh beside those that are found.
 */
export type RangePipeline = (
  world: WrittenWorld,
  inspect: (warehouse: Warehouse) => Promise<void>,
  progress: Progress,
  given: readonly Pick<CampaignTruth, "id" | "accounts">[],
) => Promise<RangeScan>;

/** What to run. `clock` gives milliseconds that only grow. */
export interface RunWorldOptions {
  readonly suite: string;
  readonly world: SuiteWorld;
  readonly seed: string;
  readonly scale: number | undefined;
  /** Where words come from, if not from the grammars. */
  readonly texts?: TextSource | undefined;
  readonly baselines: readonly Baseline[];
  /** Weigh each operation's accounts as a group that needs no finding, too. */
  readonly knownGroups: boolean;
  readonly pipeline: RangePipeline;
  readonly progress: Progress;
  readonly clock: () => number;
}

/** Makes one world in a temporary folder, scans it, scores it, and leaves nothing behind. */
export async function runSuiteWorld(options: RunWorldOptions): Promise<WorldResult> {
  const folder = await mkdtemp(join(tmpdir(), "stillwatch-range-"));
  const forget = (): void => rmSync(folder, { recursive: true, force: true });
  process.once("exit", forget);
  try {
    return await runIn(folder, options);
  } finally {
    process.removeListener("exit", forget);
    await rm(folder, { recursive: true, force: true });
  }
}

async function runIn(folder: string, options: RunWorldOptions): Promise<WorldResult> {
  const { suite, seed, clock, progress } = options;
  const began = clock();
  const { world, census } = counted(options.world.make(seed, options.scale, options.texts));
  const written = await writeWorld(world, folder, progress);
  const truth = JSON.parse(await readFile(written.truth, "utf8")) as Truth;
  const composed = clock();
  let baselines: readonly BaselineScore[] = [];
  let comparing = 0;
  const inspect = async (warehouse: Warehouse): Promise<void> => {
    const start = clock();
    baselines = await compare(options.baselines, warehouse, truth, census);
    comparing = clock() - start;
  };
  const { result, study } = await options.pipeline(
    written,
    inspect,
    progress,
    options.knownGroups ? knownGroups(truth) : [],
  );
  const scanned = clock();
  const { sweep, point } = options.world;
  return {
    kind: "world",
    suite,
    world: options.world.name,
    seed,
    ...(sweep === undefined ? {} : { sweep }),
    ...(point === undefined ? {} : { point }),
    ...written.counts,
    seconds: {
      compose: seconds(composed - began),
      scan: seconds(scanned - composed - comparing),
      baselines: seconds(comparing),
    },
    score: scoreScan(result, truth, census),
    people: scorePeople(result.groups, truth, census),
    flags: scoreFlags(result.groups, truth),
    study: scoreStudy(study, truth, census),
    ...(options.knownGroups ? { known: scoreKnown(study.given ?? [], truth) } : {}),
    baselines,
  };
}

/** Runs the published methods on the same warehouse and scores their groups as if each were a flag. */
async function compare(
  baselines: readonly Baseline[],
  warehouse: Warehouse,
  truth: Truth,
  census: Census,
): Promise<BaselineScore[]> {
  const scores: BaselineScore[] = [];
  for (const baseline of baselines) {
    const flagged = await baseline.flag(warehouse, { seed: 1 });
    const groups: ScoredGroup[] = flagged.map(({ accounts, time }) => ({
      accounts,
      assessment: "campaign",
      detected_at: time,
    }));
    scores.push({
      id: baseline.id,
      name: baseline.name,
      score: scoreScan({ groups }, truth, census),
    });
  }
  return scores;
}

function seconds(milliseconds: number): number {
  return Math.round(milliseconds / 10) / 100;
}
