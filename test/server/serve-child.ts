import { serveLocally } from "./serve-locally.ts";

// A server to be killed: says its address when it listens, ends well when its standard input ends.
const serving = await serveLocally(process.argv[2] ?? "", {
  onNotice: (notice, error) => process.stderr.write(`${notice} ${String(error)}\n`),
});
process.stdout.write(`${serving.url}\n`);
process.stdin.resume().once("end", () => void serving.close());
