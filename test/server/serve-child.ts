import { serve } from "../../src/server/serve.ts";
import { NOW } from "../ingest/intake-bench.ts";

// A server to be killed: says its address when it listens, ends well when its standard input ends.
const serving = await serve({
  dataDir: process.argv[2] ?? "",
  host: "127.0.0.1",
  port: 0,
  keepTextDays: 0,
  mostWaiting: 1e9,
  leastFree: 0,
  gatherMs: 20,
  now: () => NOW,
  clock: () => performance.now(),
  onNotice: (notice, error) => process.stderr.write(`${notice} ${String(error)}\n`),
});
process.stdout.write(`${serving.url}\n`);
process.stdin.resume().once("end", () => void serving.close());
