import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { StillwatchError } from "../core/errors.ts";

/** What migrations need of an engine: to run a text and to ask for rows. */
export interface MigrationTarget {
  command(
    name: string,
    text: string,
    parameters?: Readonly<Record<string, unknown>>,
  ): Promise<void>;
  ask(
    name: string,
    text: string,
    parameters?: Readonly<Record<string, unknown>>,
  ): Promise<readonly Record<string, unknown>[]>;
}

const TABLE = `CREATE TABLE IF NOT EXISTS migrations (number UInt32, name String, hash String, applied DateTime64(3, 'UTC'))
ENGINE = MergeTree ORDER BY number`;
const APPLIED = "SELECT number, name, hash FROM migrations ORDER BY number";
const RECORD =
  "INSERT INTO migrations SELECT {number:UInt32}, {name:String}, {hash:String}, now64(3, 'UTC')";

/**
 * Applies `NNN-*.sql` of a folder in the order of their numbers, once each, forward only; returns the names applied now.
 * Throws SW_WAREHOUSE_FAILED when an applied file has been edited or is missing, or two share a number. A crash between
 * applying and recording applies a file again: each must bear that (`IF NOT EXISTS`).
 */
export async function migrate(target: MigrationTarget, folder: string): Promise<readonly string[]> {
  await target.command("migrations", TABLE);
  const files = readMigrations(folder);
  const applied = await target.ask("migrations", APPLIED);
  for (const row of applied) assertUnchanged(row, files);
  const known = new Set(applied.map((row) => Number(row["number"])));
  const fresh = files.filter((file) => !known.has(file.number));
  for (const { number, name, text, hash } of fresh) {
    await target.command(name, text);
    await target.command("migrations", RECORD, { number, name, hash });
  }
  return fresh.map((file) => file.name);
}

interface Migration {
  readonly number: number;
  readonly name: string;
  readonly text: string;
  readonly hash: string;
}

function readMigrations(folder: string): readonly Migration[] {
  const files = readdirSync(folder)
    .filter((name) => /^\d{3}-.+\.sql$/.test(name))
    .toSorted()
    .map((file) => {
      const text = readFileSync(join(folder, file), "utf8");
      const hash = createHash("sha256").update(text).digest("hex");
      return { number: Number(file.slice(0, 3)), name: basename(file, ".sql"), text, hash };
    });
  for (const [i, file] of files.entries())
    if (file.number === files[i - 1]?.number)
      throw refusal(file.name, "two migrations share this number");
  return files;
}

function assertUnchanged(
  row: Readonly<Record<string, unknown>>,
  files: readonly Migration[],
): void {
  const name = String(row["name"]);
  const file = files.find((candidate) => candidate.number === Number(row["number"]));
  if (file === undefined)
    throw refusal(
      name,
      "it was applied to this data folder and is unknown here; a newer Stillwatch made the folder",
    );
  if (file.hash !== row["hash"] || file.name !== name)
    throw refusal(
      name,
      "it was applied to this data folder and has been edited since; add a new migration instead",
    );
}

function refusal(statement: string, reason: string): StillwatchError {
  return new StillwatchError("SW_WAREHOUSE_FAILED", { statement, reason });
}
