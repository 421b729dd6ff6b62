import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { silent } from "../../src/core/progress.ts";
import { loadSecret } from "../../src/ingest/installation-secret.ts";
import { loadFiles } from "../../src/ingest/load-files.ts";
import { deriveFeatures } from "../../src/judge/derive-features.ts";
import type { Baseline, Flagged } from "../../src/range/baselines/baseline.ts";
import { openWarehouse } from "../../src/warehouse/open-warehouse.ts";

/** The start of the traffic's first day. */
export const START = Date.parse("2026-11-01T00:00:00Z");
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** A request as its fingerprints: keys as numbers whose low four bits are their kind, words as 16-bit hashes. */
export interface Line {
  readonly account: string;
  readonly time: number;
  readonly organization?: string;
  readonly keys?: readonly number[];
  readonly tokens?: readonly number[];
}

/** Traffic loaded as a scan loads it, for baselines to look at. */
export interface BaselineBench {
  flag(baseline: Baseline): Promise<readonly Flagged[]>;
  close(): Promise<void>;
}

/** Loads the lines into a warehouse of their own and builds its features. */
export async function openBaselineBench(lines: readonly Line[]): Promise<BaselineBench> {
  const folder = mkdtempSync(join(tmpdir(), "stillwatch-baselines-"));
  const file = join(folder, "exchanges.ndjson");
  writeFileSync(file, lines.map(rendered).join(""));
  const dataDir = join(folder, "data");
  const warehouse = await openWarehouse({ dataDir });
  const totals = await loadFiles({
    warehouse,
    files: [file],
    dataDir,
    secret: await loadSecret(dataDir),
    keepTextDays: 0,
    now: new Date(START + 30 * DAY),
    progress: silent,
  });
  if (totals.accepted !== lines.length) throw new Error(JSON.stringify(totals));
  await deriveFeatures(warehouse, silent);
  return {
    flag: (baseline) => baseline.flag(warehouse, { seed: 1 }),
    async close() {
      await warehouse.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function rendered({ time, keys = [], tokens = [], ...line }: Line, index: number): string {
  return `${JSON.stringify({
    id: `ex_${index}`,
    time: new Date(time).toISOString(),
    ...line,
    usage: { input: 1, output: 1 },
    ...(keys.length + tokens.length === 0 ? {} : { fingerprints: { keys, tokens } }),
  })}\n`;
}
