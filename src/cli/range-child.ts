/** A child process of `stillwatch range run`: makes, scans and scores one world after the other, until its parent lets it go. */
import { BASELINES } from "../range/baselines/catalog.ts";
import { type ChildMessage, failure, type RunJob } from "../range/run-jobs.ts";
import { runSuiteWorld } from "../range/run-world.ts";
import { suiteNamed } from "../range/suites/catalog.ts";
import { folderTexts } from "../range/texts/folder-texts.ts";
import { readTexts } from "../range/texts/read-texts.ts";
import { rangePipeline } from "./range-pipeline.ts";

const PROGRESS_MS = 500;

// Ctrl-C reaches the whole process group; the parent decides when to let its children go.
process.on("SIGINT", () => {});
process.once("disconnect", () => process.exit(0));
process.on("message", (job: RunJob) => void run(job));

async function run(job: RunJob): Promise<void> {
  let told = 0;
  try {
    const world = suiteNamed(job.suite)
      .worlds(job.size)
      .find(({ name }) => name === job.world);
    if (world === undefined) throw new RangeError(`no world ${job.world} in ${job.suite}`);
    const line = await runSuiteWorld({
      suite: job.suite,
      world,
      seed: job.seed,
      scale: job.scale ?? undefined,
      texts: job.texts === undefined ? undefined : folderTexts(readTexts(job.texts)),
      baselines: job.baselines ? BASELINES : [],
      knownGroups: job.knownGroups,
      pipeline: rangePipeline(job),
      clock: () => performance.now(),
      progress: (event) => {
        const now = performance.now();
        if (now - told < PROGRESS_MS) return;
        told = now;
        say({ kind: "progress", event });
      },
    });
    say({ kind: "done", line });
  } catch (error) {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    say({ kind: "done", line: failure(job, reason) });
  }
}

function say(message: ChildMessage): void {
  process.send?.(message);
}
