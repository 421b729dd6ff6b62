import { loadSecret } from "../../src/ingest/installation-secret.ts";
import { loadFiles } from "../../src/ingest/load-files.ts";
import { openWarehouse } from "../../src/warehouse/open-warehouse.ts";
import { NOW } from "./intake-bench.ts";

// A run to be killed: loads the files named after the data folder and the size of segments, and says how it goes.
const [dataDir = "", segmentBytes = "", ...files] = process.argv.slice(2);
const secret = await loadSecret(dataDir);
const warehouse = await openWarehouse({ dataDir });
process.stdout.write("open\n");
await loadFiles({
  warehouse,
  files,
  dataDir,
  secret,
  keepTextDays: 1,
  now: NOW,
  progress: ({ done }) => process.stdout.write(`${done}\n`),
  segmentBytes: Number(segmentBytes),
});
process.stdout.write("loaded\n");
await warehouse.close();
