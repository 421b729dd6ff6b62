import { readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { silent } from "../../src/core/progress.ts";
import { fingerprintFiles } from "../../src/ingest/fingerprint-files.ts";
import { loadSecret } from "../../src/ingest/installation-secret.ts";
import { openSpool } from "../../src/ingest/spool.ts";
import { openWarehouse } from "../../src/warehouse/open-warehouse.ts";
import { openScanBench, type ScanBench } from "./scan-bench.ts";
import { plantedWorld, UNTIL } from "./worlds.ts";

let bench: ScanBench;
beforeAll(() => {
  bench = openScanBench();
});
afterAll(() => bench.close());

/** The world's exchanges as fingerprints, made with the secret of every data folder of the bench. */
async function fingerprints(exchanges: string): Promise<string> {
  const path = bench.file("fingerprints.ndjson", "");
  const dataDir = bench.dataDir();
  const warehouse = await openWarehouse({ dataDir });
  try {
    await fingerprintFiles({
      warehouse,
      secret: await loadSecret(dataDir),
      spool: await openSpool(dataDir),
      now: UNTIL,
      files: [exchanges],
      progress: silent,
      deliver: async (lines) => {
        for await (const piece of lines) writeFileSync(path, piece, { flag: "a" });
      },
    });
  } finally {
    await warehouse.close();
  }
  return path;
}

describe("a scan of fingerprints", () => {
  it("says what a scan of the exchanges says, which their text never left", async () => {
    const { exchanges, accounts } = await bench.world(plantedWorld(3));
    const made = await fingerprints(exchanges);
    const [raw, printed] = [
      await bench.scan({ files: [exchanges], accounts }),
      await bench.scan({ files: [made], accounts }),
    ];
    expect(raw.result.groups.map(({ assessment }) => assessment)).toContain("campaign");
    expect(printed.result).toEqual(raw.result);
    expect(printed.details).toEqual(raw.details);

    const words = new Set(readFileSync(exchanges, "utf8").match(/(?<="content":")[a-z]{6,}/gi));
    expect(words.size).toBeGreaterThan(20);
    const left = readFileSync(made, "utf8");
    expect([...words].filter((word) => left.includes(word))).toEqual([]);
  });
});
