import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { StillwatchError } from "../core/errors.ts";

const manifestShape = z.strictObject({
  version: z.literal(1),
  /** When, ISO 8601. */
  made: z.iso.datetime(),
  exchanges: z.int().nonnegative(),
});

/** What a backup says of itself. It is written last: a folder without it is none. */
export type Manifest = z.infer<typeof manifestShape>;

/** Where the parts of a backup are. */
export function backupPaths(folder: string): {
  readonly tables: string;
  readonly shapes: string;
  readonly files: string;
  readonly manifest: string;
} {
  const at = (name: string): string => join(folder, name);
  return {
    tables: at("tables"),
    shapes: at("shapes"),
    files: at("files"),
    manifest: at("backup.json"),
  };
}

/** What a folder says of itself as a backup. Throws SW_BACKUP_UNREADABLE. */
export async function readManifest(folder: string): Promise<Manifest> {
  try {
    return manifestShape.parse(JSON.parse(await readFile(backupPaths(folder).manifest, "utf8")));
  } catch (error) {
    const absent = (error as NodeJS.ErrnoException).code === "ENOENT";
    const reason = absent ? "backup.json is not there" : "backup.json cannot be read";
    throw new StillwatchError("SW_BACKUP_UNREADABLE", { path: folder, reason }, error);
  }
}
