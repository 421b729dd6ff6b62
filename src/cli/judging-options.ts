import { Option } from "commander";
import { StillwatchError } from "../core/errors.ts";
import type { Configuration } from "../judge/configuration.ts";
import { parseDuration } from "./duration.ts";

/** Options of commands that judge. */
export interface JudgingFlags {
  readonly config?: string;
  readonly calendar?: string;
  readonly tick: string;
  readonly q: string;
}

const DAY = 86_400;

/** The option that names a calendar. */
export function calendarOption(): Option {
  return new Option(
    "--calendar <file>",
    "known releases, suspensions, outages and holidays, NDJSON or YAML; wins over that of --config",
  );
}

/** What the flags say, and where they don't the configuration file. `isSaid`: whether an option was on the command line. Throws SW_USAGE and the file's errors. */
export async function judgingOf(
  { config, calendar: file, ...flags }: JudgingFlags,
  isSaid: (option: string) => boolean,
): Promise<Pick<Configuration, "q" | "tickSeconds"> & Partial<Configuration>> {
  const q = Number(flags.q);
  if (!(q > 0 && q <= 0.5)) {
    const message = `--q ${flags.q}: not a rate. Give a number above 0 and at most 0.5, such as 0.01.`;
    throw new StillwatchError("SW_USAGE", { message });
  }
  const tickSeconds = parseDuration(flags.tick, "--tick", { least: 60, most: 7 * DAY });
  const calendar =
    file === undefined
      ? undefined
      : (await import("../ingest/load-calendar.ts")).loadCalendar(file);
  if (config === undefined)
    return { q, tickSeconds, ...(calendar === undefined ? {} : { calendar }) };
  const { readConfiguration } = await import("../judge/configuration.ts");
  const read = readConfiguration(config);
  return {
    parameters: read.parameters,
    calendar: calendar ?? read.calendar,
    q: isSaid("q") ? q : read.q,
    tickSeconds: isSaid("tick") ? tickSeconds : read.tickSeconds,
  };
}
