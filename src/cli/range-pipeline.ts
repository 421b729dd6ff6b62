import { mkdirSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { dirname, join } from "node:path";
import type { Study } from "../core/hypothesis.ts";
import { givenOutcomes } from "../judge/given-outcomes.ts";
import { scan } from "../judge/scan.ts";
import { studyLooks } from "../judge/study-looks.ts";
import type { RangePipeline } from "../range/run-world.ts";
import { UNTIL } from "../range/suites/stage-world.ts";

const TICK_SECONDS = 3600;

/** The pipeline of `stillwatch scan`, with a secret of the seed's own, so that the same seed gives the same figures anywhere. */
export function rangePipeline({ q, seed }: { q: number; seed: string }): RangePipeline {
  return async (world, inspect, progress, given) => {
    const dataDir = join(dirname(world.exchanges), "data");
    mkdirSync(dataDir, { mode: 0o700 });
    const key = createHash("sha256").update(`range ${seed}`).digest("hex");
    const secrets = JSON.stringify({ version: 1, keys: [{ id: "range", key }] });
    writeFileSync(join(dataDir, "secrets.json"), secrets, { mode: 0o600 });
    const looks = studyLooks(q);
    let study: Study = { hypotheses: [], ablations: [] };
    const { result } = await scan({
      files: [world.exchanges],
      accounts: world.accounts,
      ...(world.agreements === undefined ? {} : { agreements: world.agreements }),
      dataDir,
      tickSeconds: TICK_SECONDS,
      q,
      keepTextDays: 0,
      strict: true,
      now: new Date(UNTIL),
      progress,
      onLook: looks.onLook,
      given,
      inspect: async ({ warehouse, judge, roster }) => {
        study = { ...looks.conclude(roster), given: givenOutcomes(judge, roster) };
        await inspect(warehouse);
      },
    });
    return { result, study };
  };
}
