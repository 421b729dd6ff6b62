import { serve, type ServeOptions, type Serving } from "../../src/server/serve.ts";
import { NOW } from "../ingest/intake-bench.ts";

/** Opens a server on a free port of this machine that keeps no text and takes what comes at once; a notice is an error unless it is heard. */
export function serveLocally(
  dataDir: string,
  change: Partial<ServeOptions> = {},
): Promise<Serving> {
  return serve({
    dataDir,
    host: "127.0.0.1",
    port: 0,
    keepTextDays: 0,
    mostWaiting: 1e9,
    leastFree: 0,
    gatherMs: 20,
    now: () => NOW,
    clock: () => performance.now(),
    onNotice: (notice, error) => {
      throw new Error(notice, { cause: error });
    },
    ...change,
  });
}
