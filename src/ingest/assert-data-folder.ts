import { existsSync } from "node:fs";
import { join } from "node:path";
import { StillwatchError } from "../core/errors.ts";

/** Throws SW_DATA_MISSING where a folder is none that Stillwatch keeps data in, so that a slip of the pen makes no new one. */
export function assertDataFolder(dataDir: string): void {
  if (!existsSync(join(dataDir, "secrets.json")))
    throw new StillwatchError("SW_DATA_MISSING", { path: dataDir });
}
