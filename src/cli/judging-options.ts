import { StillwatchError } from "../core/errors.ts";
import type { Configuration } from "../judge/configuration.ts";
import { parseDuration } from "./duration.ts";

/** Options of commands that judge. */
export interface JudgingFlags {
  readonly config?: string;
  readonly tick: string;
  readonly q: string;
}

const DAY = 86_400;

/** What the flags say, and where they don't the configuration file. `isSaid`: whether an option was on the command line. Throws SW_USAGE and the file's errors. */
export async function judgingOf(
  { config, ...flags }: JudgingFlags,
  isSaid: (option: string) => boolean,
): Promise<Pick<Configuration, "q" | "tickSeconds"> & Partial<Configuration>> {
  const q = Number(flags.q);
  if (!(q > 0 && q <= 0.5)) {
    const message = `--q ${flags.q}: not a rate. Give a number above 0 and at most 0.5, such as 0.01.`;
    throw new StillwatchError("SW_USAGE", { message });
  }
  const tickSeconds = parseDuration(flags.tick, "--tick", { least: 60, most: 7 * DAY });
  if (config === undefined) return { q, tickSeconds };
  const { readConfiguration } = await import("../judge/configuration.ts");
  const read = readConfiguration(config);
  return {
    parameters: read.parameters,
    q: isSaid("q") ? q : read.q,
    tickSeconds: isSaid("tick") ? tickSeconds : read.tickSeconds,
  };
}
