import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { silent } from "../../src/core/progress.ts";
import { loadSecret } from "../../src/ingest/installation-secret.ts";
import type { IntakeTotals } from "../../src/ingest/intake-totals.ts";
import { loadFiles, type LoadFilesOptions } from "../../src/ingest/load-files.ts";
import {
  openWarehouse,
  type Warehouse,
  type WarehouseOptions,
} from "../../src/warehouse/open-warehouse.ts";
import type { Statement } from "../../src/warehouse/statement.ts";

/** The time at which tests load. */
export const NOW = new Date("2026-05-01T12:00:00Z");

/** A data folder with an open warehouse, and a folder for files. */
export interface IntakeBench {
  readonly warehouse: Warehouse;
  readonly dataDir: string;
  /** Writes a file and returns its path. */
  file(name: string, content: string | Buffer): string;
  /** Loads; defaults are fixed and keep no text. */
  load(files: readonly string[], options?: Partial<LoadFilesOptions>): Promise<IntakeTotals>;
  /** Rows of a query written in the test. */
  ask(query: string): Promise<readonly Record<string, unknown>[]>;
  /** Files waiting in the spool. */
  spooled(): readonly string[];
  close(): Promise<void>;
}

/** Opens a bench in a new temporary folder, or on the data folder given. */
export async function openBench(
  existing?: string,
  limits: Pick<WarehouseOptions, "memoryBytes"> = {},
): Promise<IntakeBench> {
  const folder = mkdtempSync(join(tmpdir(), "stillwatch-intake-"));
  const dataDir = existing ?? join(folder, "data");
  const secret = await loadSecret(dataDir);
  const warehouse = await openWarehouse({ ...limits, dataDir });
  let queries = 0;
  return {
    warehouse,
    dataDir,
    file(name, content) {
      const path = join(folder, name);
      writeFileSync(path, content);
      return path;
    },
    load: (files, options = {}) =>
      loadFiles({
        warehouse,
        files,
        dataDir,
        secret,
        keepTextDays: 0,
        now: NOW,
        progress: silent,
        ...options,
      }),
    ask(query) {
      const file = join(folder, `query-${queries++}.sql`);
      writeFileSync(file, query);
      const statement: Statement<Record<string, never>, Record<string, unknown>> = {
        name: "query of a test",
        file,
      };
      return warehouse.rows(statement, {});
    },
    spooled: () => readdirSync(join(dataDir, "spool")),
    async close() {
      await warehouse.close();
      rmSync(folder, { recursive: true, force: true });
      if (existing !== undefined) rmSync(existing, { recursive: true, force: true });
    },
  };
}

/** An exchange of the OpenAI Chat Completions dialect; `change` overrides fields of the envelope. */
export function exchange(number: number, change: object = {}): object {
  return {
    id: `ex_${number}`,
    time: new Date(NOW.getTime() - 86_400_000 + number * 1000).toISOString(),
    account: `acct_${number % 7}`,
    model: "orion-4",
    request: { messages: [{ role: "user", content: `Describe harbour number ${number}.` }] },
    response: {
      id: `chatcmpl-${number}`,
      choices: [{ message: { role: "assistant", content: "It is calm." }, finish_reason: "stop" }],
    },
    ...change,
  };
}
