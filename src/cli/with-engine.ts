import { inTemporaryFolder } from "../ingest/in-temporary-folder.ts";
import { type InstallationSecret, loadSecret } from "../ingest/installation-secret.ts";
import { secretFolder } from "../ingest/secret-folder.ts";
import { openSpool, type Spool } from "../ingest/spool.ts";
import { openWarehouse, type Warehouse } from "../warehouse/open-warehouse.ts";
import type { Surroundings } from "./surroundings.ts";

/** An open engine that keeps nothing, and the secret of the installation. */
export interface Engine {
  readonly warehouse: Warehouse;
  readonly spool: Spool;
  readonly secret: InstallationSecret;
}

/** Runs `work` with an engine in a folder of its own, which is removed at the end; only the secret is the installation's (that of `dataDir`, or the person's own). */
export async function withEngine<T>(
  dataDir: string | undefined,
  { environment }: Surroundings,
  work: (engine: Engine) => Promise<T>,
): Promise<T> {
  const secret = await loadSecret(secretFolder(dataDir, environment));
  return inTemporaryFolder(async (folder) => {
    const warehouse = await openWarehouse({ dataDir: folder });
    try {
      return await work({ warehouse, spool: await openSpool(folder), secret });
    } finally {
      await warehouse.close();
    }
  });
}
