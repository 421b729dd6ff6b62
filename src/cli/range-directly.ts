import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { StillwatchError } from "../core/errors.ts";
import type { Progress } from "../core/progress.ts";
import { loadSecret } from "../ingest/installation-secret.ts";
import { writeDirect } from "../range/direct/write-direct.ts";
import type { WorldRecipe } from "../range/write-shards.ts";
import { writeAgreements, type World } from "../range/write-world.ts";
import { openWarehouse } from "../warehouse/open-warehouse.ts";
import { countExchanges } from "../warehouse/statements.gen.ts";

/** A world, how a thread makes it anew, and where it goes: what a provider would hold into `dataDir`, truth and agreements into `folder`. */
export interface DirectMake {
  readonly world: World;
  readonly recipe: WorldRecipe;
  readonly dataDir: string;
  readonly folder: string;
  readonly progress: Progress;
}

/** Writes a world into a data folder and says what was written and how to scan it. Throws SW_USAGE where the folder holds exchanges already. */
export async function makeDirectly(make: DirectMake): Promise<string> {
  const { world, dataDir, folder } = make;
  const warehouse = await openWarehouse({ dataDir });
  try {
    const [held] = await warehouse.rows(countExchanges, {});
    if (Number(held?.exchanges ?? 0) > 0)
      throw new StillwatchError("SW_USAGE", {
        message: `--data ${dataDir}: it holds exchanges already. Give an empty folder, so that made traffic and other traffic stay apart.`,
      });
    const secret = await loadSecret(dataDir);
    const { truth, counts } = await writeDirect({ ...make, warehouse, secret });
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "truth.json"), `${JSON.stringify(truth, null, 1)}\n`);
    const agreements = await writeAgreements(world.parts, join(folder, "agreements.ndjson"));
    const permitted = agreements === undefined ? "" : ` --agreements ${agreements}`;
    return `${counts.exchanges} exchanges of ${counts.accounts} accounts in ${dataDir}, their truth in ${folder}.\nstillwatch scan --data ${dataDir}${permitted}\n`;
  } finally {
    await warehouse.close();
  }
}
