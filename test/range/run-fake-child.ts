/** Answers jobs as a child of `range run` would: the world named "dies" ends the process, the one named "fails" fails, others are scored. */
import { type ChildMessage, failure, type RunJob } from "../../src/range/run-jobs.ts";
import { worldResult } from "./score-sample.ts";

const say = (message: ChildMessage): void => void process.send?.(message);

process.once("disconnect", () => process.exit(0));
process.on("message", (job: RunJob) => {
  say({ kind: "progress", event: { stage: "Judging", done: 5, unit: "exchanges" } });
  if (job.world === "dies") process.exit(3);
  if (job.world === "fails") return say({ kind: "done", line: failure(job, "on purpose") });
  say({ kind: "done", line: worldResult({ suite: job.suite, world: job.world, seed: job.seed }) });
});
