import { silent } from "../../src/core/progress.ts";
import { loadSecret } from "../../src/ingest/installation-secret.ts";
import { loadFiles } from "../../src/ingest/load-files.ts";
import { openWarehouse } from "../../src/warehouse/open-warehouse.ts";
import { NOW } from "./intake-bench.ts";

// A run to be killed: loads the files named after the data folder, and says when it begins.
const [dataDir = "", ...files] = process.argv.slice(2);
const secret = await loadSecret(dataDir);
const warehouse = await openWarehouse({ dataDir });
process.stdout.write("loading\n");
const common = { warehouse, dataDir, secret, keepTextDays: 1, now: NOW, progress: silent };
await loadFiles({ ...common, files });
process.stdout.write("loaded\n");
await warehouse.close();
