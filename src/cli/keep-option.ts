import { Option } from "commander";
import { parseDuration } from "./duration.ts";

const DAY = 86_400;

/** `--keep`. */
export function keepOption(): Option {
  return new Option(
    "--keep <duration>",
    "how long exchanges, what is derived of them and what is known of their accounts stay, by whole days",
  );
}

/** `--keep` in days; undefined where all stays. Throws SW_USAGE. */
export function keepDaysOf(keep: string | undefined): number | undefined {
  if (keep === undefined) return undefined;
  return Math.ceil(parseDuration(keep, "--keep", { least: DAY, most: 3650 * DAY }) / DAY);
}
