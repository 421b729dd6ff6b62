import { Option } from "commander";
import { StillwatchError } from "../core/errors.ts";
import { ALL_DIALECTS, OWN_DIALECT } from "../ingest/dialects/catalog.ts";
import type { Reading } from "../ingest/translate-record.ts";

/** What the command line says of how records are read. */
export interface ReadingFlags {
  readonly dialect?: string;
  readonly map?: string;
}

/** `--map`. */
export function mapOption(): Option {
  return new Option("--map <file.yaml>", "which columns of your own format stand for which field");
}

/** `--dialect`. */
export function dialectOption(): Option {
  return new Option(
    "--dialect <name>",
    "read every record in this format, whatever it looks like",
  ).choices([OWN_DIALECT, ...ALL_DIALECTS.map(({ name }) => name)]);
}

/** How records are read by these flags. Throws SW_USAGE and the errors of `loadMap`. */
export async function readingOf({
  dialect,
  map,
}: ReadingFlags): Promise<Pick<Reading, "dialect" | "map">> {
  if (dialect === OWN_DIALECT) {
    if (map !== undefined)
      throw new StillwatchError("SW_USAGE", {
        message: `--dialect ${OWN_DIALECT} reads lines as they are: leave out --map.`,
      });
    return { dialect: "own" };
  }
  const named = ALL_DIALECTS.find(({ name }) => name === dialect);
  if (map === undefined) return { dialect: named };
  const { loadMap } = await import("../ingest/load-map.ts");
  return { dialect: named, map: loadMap(map) };
}
