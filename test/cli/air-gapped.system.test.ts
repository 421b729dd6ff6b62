import { execFile, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { promisify } from "node:util";
import { afterAll, expect, it } from "vitest";
import { exchange } from "../ingest/intake-bench.ts";

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), "stillwatch-air-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A namespace without any network, loopback not up either, where the kernel lets us make one. */
const ALONE = spawnSync("unshare", ["-rn", "true"]).status === 0 ? ["unshare", "-rn"] : [];
const root = join(import.meta.dirname, "../..");
const refused = join(folder, "refused");

function stillwatch(...words: readonly string[]) {
  const [command = "", ...rest] = [...ALONE, process.execPath, "src/cli/main.ts", ...words];
  const hook = `--import=${join(import.meta.dirname, "refuse-network.js")}`;
  const env = { ...process.env, NODE_OPTIONS: hook, REFUSED_FILE: refused };
  return run(command, rest, { cwd: root, env });
}

it("a scan and what follows it ask the network for nothing", async () => {
  const file = join(folder, "lines.ndjson");
  const now = Date.now();
  const lines = Array.from({ length: 40 }, (_, i) =>
    exchange(i, { time: new Date(now - i * 60_000).toISOString() }),
  );
  writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  const data = join(folder, "data");
  const report = join(folder, "report.html");
  const { stdout } = await stillwatch(
    "scan",
    file,
    "--data",
    data,
    "--report",
    report,
    "--json",
    "-",
    "--quiet",
  );
  expect(JSON.parse(stdout)).toMatchObject({ exchanges: 40, accounts: 7 });
  expect(existsSync(report)).toBe(true);
  await stillwatch("explain", "acct_1", "--data", data);
  await stillwatch("backup", "--data", data, "--to", join(folder, "backup"), "--quiet");
  await stillwatch("forget", "acct_1", "--data", data, "--quiet");
  expect(existsSync(refused) ? readFileSync(refused, "utf8") : "").toBe("");
});

it("the guard of this test notes a connection", async () => {
  const code = 'import net from "node:net"; try { net.connect(443, "192.0.2.1") } catch {}';
  const hook = `--import=${join(import.meta.dirname, "refuse-network.js")}`;
  const noted = join(folder, "noted");
  await run(process.execPath, [hook, "--input-type=module", "-e", code], {
    env: { ...process.env, REFUSED_FILE: noted },
  });
  expect(readFileSync(noted, "utf8")).toContain("192.0.2.1");
});
