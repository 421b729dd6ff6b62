import { serveLocally } from "./serve-locally.ts";

// One of several nodes that share a ledger: says its address when it listens, ends well when its standard input ends.
const [dataDir = "", ledgerUrl, now = ""] = process.argv.slice(2);
const serving = await serveLocally(dataDir, {
  ledgerUrl,
  leaseMs: 6_000,
  now: () => new Date(now),
  judging: { q: 0.01, tickSeconds: 3_600, latenessSeconds: 0, wakeMs: 500 },
  onNotice: (notice, error) => process.stderr.write(`${notice} ${String(error)}\n`),
});
process.stdout.write(`${serving.url}\n`);
process.stdin.resume().once("end", () => void serving.close());
