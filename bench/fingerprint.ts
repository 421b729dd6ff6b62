/**
 * `npm run bench -- fingerprint [--exchanges N]`: exchanges of 1.7 kB a second of processor through `fingerprintFiles`,
 * file to lines of fingerprints; what the engine takes for both statements, and what they weigh beside the raw lines.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { silent } from "../src/core/progress.ts";
import { fingerprintFiles } from "../src/ingest/fingerprint-files.ts";
import { loadSecret } from "../src/ingest/installation-secret.ts";
import { openSpool } from "../src/ingest/spool.ts";
import { openWarehouse } from "../src/warehouse/open-warehouse.ts";
import { exchangeLines, writeLines } from "./material/exchange-lines.ts";
import { childrenSeconds, peakMemory } from "./material/peak-memory.ts";

const { values } = parseArgs({
  options: {
    exchanges: { type: "string", default: "300000" },
    rounds: { type: "string", default: "3" },
    seed: { type: "string", default: "1" },
  },
});
const exchanges = Number(values.exchanges);
const NOW = new Date("2026-05-01T12:00:00Z");
const DAY = 86_400_000;
const BODY_BYTES = 1700;

const folder = mkdtempSync(join(tmpdir(), "stillwatch-bench-"));
const warehouse = await openWarehouse({ dataDir: folder });
try {
  const source = exchangeLines({
    seed: Number(values.seed),
    bytes: BODY_BYTES,
    accounts: 200 + Math.floor(exchanges / 50),
    from: NOW.getTime() - 31 * DAY,
    until: NOW.getTime() - DAY,
    lines: exchanges + 100,
  });
  const [small, large] = [join(folder, "small.ndjson"), join(folder, "large.ndjson")];
  await writeLines(small, source, { lines: 100 });
  const raw = await writeLines(large, source, { lines: exchanges });
  // The first segment also compiles the patterns; a process pays for that once.
  await measure(small);
  print(`${exchanges} exchanges of ${Math.round(raw.bytes / raw.lines)} bytes`);
  print("round  processor s  of it engine  wall s  exchanges/s of processor  bytes a line out");
  for (let round = 1; round <= Number(values.rounds); round++) {
    const { engine, own, wall, bytes } = await measure(large);
    const rate = Math.round(exchanges / (engine + own)).toLocaleString("en");
    print(
      `${String(round).padStart(5)}${(engine + own).toFixed(1).padStart(13)}${engine.toFixed(1).padStart(14)}${wall.toFixed(1).padStart(8)}${rate.padStart(26)}${String(Math.round(bytes / exchanges)).padStart(18)}`,
    );
  }
  const peak = peakMemory();
  print(`goal: at least 20,000. Peak memory: warehouse ${peak.children} MB, own ${peak.own} MB`);
} finally {
  await warehouse.close();
  rmSync(folder, { recursive: true, force: true });
}

async function measure(file: string) {
  const [engineBefore, ownBefore, from] = [childrenSeconds(), ownSeconds(), performance.now()];
  let bytes = 0;
  const { rejected } = await fingerprintFiles({
    warehouse,
    secret: await loadSecret(folder),
    spool: await openSpool(folder),
    now: NOW,
    files: [file],
    progress: silent,
    deliver: async (lines) => {
      for await (const piece of lines) bytes += piece.length;
    },
  });
  if (rejected > 0) throw new Error(`${rejected} lines were rejected`);
  return {
    engine: childrenSeconds() - engineBefore,
    own: ownSeconds() - ownBefore,
    wall: (performance.now() - from) / 1000,
    bytes,
  };
}

function ownSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
