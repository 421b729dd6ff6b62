import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { openWarehouse } from "../../src/warehouse/open-warehouse.ts";
import type { Warehouse, WarehouseOptions } from "../../src/warehouse/open-warehouse.ts";
import type { Statement } from "../../src/warehouse/statement.ts";

/** The sql folder of these tests: notes instead of traffic. */
export const NOTES_SQL = fileURLToPath(new URL("fixtures/sql", import.meta.url));

type Nothing = Readonly<Record<string, never>>;

export const echoValues = statement<
  {
    readonly text: string;
    readonly texts: readonly string[];
    readonly time: Date;
    readonly nothing: string | null;
    readonly large: bigint | string;
    readonly yes: boolean;
  },
  { readonly text: string; readonly texts: readonly string[]; readonly literal: string }
>("features/echo-values");
export const one = statement<Nothing, { readonly one: number }>("features/one");
export const failLate = statement<{ readonly last: number }, unknown>("features/fail-late");
export const countUp = statement<{ readonly n: bigint }, { readonly c: string }>(
  "features/count-up",
);
export const burn = statement<Nothing, unknown>("features/burn");
export const readNotes = statement<
  { readonly since: Date },
  { readonly id: string; readonly text: string }
>("features/read-notes");
export const wrongColumn = statement<{ readonly text: string }, unknown>("../wrong/wrong-column");
export const wrongValue = statement<{ readonly text: string }, unknown>("../wrong/wrong-value");
export const copyNotes = statement<{ readonly offset: bigint; readonly tag: string }, never>(
  "ingest/copy-notes",
);

/** The beginning of time, for `readNotes`. */
export const EVER = new Date(0);

/** An empty folder for data, removed when the test ends. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "stillwatch-test-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** A warehouse of notes, closed when the test ends. */
export async function openNotes(options: WarehouseOptions = {}): Promise<Warehouse> {
  const warehouse = await openWarehouse({
    dataDir: options.dataDir ?? emptyFolder(),
    schemaFolder: join(NOTES_SQL, "schema"),
    memoryBytes: 1_500_000_000,
    ...options,
  });
  onTestFinished(() => warehouse.close());
  return warehouse;
}

/** Process ids of the warehouse processes that a process has started. */
export function warehouseProcesses(parent: number): readonly number[] {
  return spawnSync("ps", ["-A", "-o", "pid=,ppid=,args="], { encoding: "utf8" })
    .stdout.split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter((words) => Number(words[1]) === parent && words.join(" ").includes("warehouse-process"))
    .map((words) => Number(words[0]));
}

/** A note with an id and a tag. */
export function note(id: number, tag = "x"): object {
  return { id, time: "2026-04-22T03:14:07.123Z", text: `note ${id}`, tags: [tag], score: null };
}

function statement<P, R>(path: string): Statement<P, R> {
  return { name: path.split("/").at(-1) ?? path, file: join(NOTES_SQL, `${path}.sql`) };
}
