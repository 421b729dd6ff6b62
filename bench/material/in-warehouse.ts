import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openWarehouse, type Warehouse } from "../../src/warehouse/open-warehouse.ts";

/** A warehouse for as long as a benchmark runs, in a folder beside which it may put files. */
export interface BenchWarehouse {
  readonly warehouse: Warehouse;
  /** The warehouse's own. */
  readonly dataDir: string;
  readonly folder: string;
}

/** Works in a new warehouse, of which nothing stays. */
export async function inWarehouse(work: (bench: BenchWarehouse) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "stillwatch-bench-"));
  const dataDir = join(folder, "data");
  mkdirSync(dataDir, { mode: 0o700 });
  try {
    const warehouse = await openWarehouse({ dataDir });
    try {
      await work({ warehouse, dataDir, folder });
    } finally {
      await warehouse.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
