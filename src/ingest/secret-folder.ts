import { mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** Where the installation's secret lives: with the data that depend on it, or with the person where none are kept. */
export function secretFolder(
  dataDir: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): string {
  if (dataDir !== undefined) return dataDir;
  const folder = join(
    environment["XDG_DATA_HOME"] ?? join(homedir(), ".local", "share"),
    "stillwatch",
  );
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}
