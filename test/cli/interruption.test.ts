import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";

const bin = fileURLToPath(new URL("../../bin/stillwatch.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "stillwatch-interruption-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("Ctrl-C during a scan", () => {
  it("ends with 130 and leaves neither outputs nor what was read", async () => {
    const [own, temporary] = [join(folder, "own"), join(folder, "temporary")];
    for (const path of [own, temporary]) mkdirSync(path);
    const lines = Array.from({ length: 20_000 }, (_, at) => {
      const time = new Date(Date.UTC(2026, 3, 22) + at * 60_000).toISOString();
      const usage = { input: 10, output: 20 };
      return JSON.stringify({
        id: `ex_${at}`,
        time,
        account: `acct_${at % 500}`,
        model: "m",
        usage,
      });
    });
    writeFileSync(join(folder, "exchanges.ndjson"), `${lines.join("\n")}\n`);
    const child = spawn(
      process.execPath,
      [bin, "scan", "../exchanges.ndjson", "--report", "report.html", "--json", "result.json"],
      {
        cwd: own,
        env: { ...process.env, TMPDIR: temporary, XDG_DATA_HOME: join(folder, "home") },
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    let stderr = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    const ended = once(child, "exit");
    while (!readdirSync(temporary).some((name) => name.startsWith("stillwatch-"))) await pause(20);
    child.kill("SIGINT");
    expect(await ended).toEqual([130, null]);
    expect(stderr).toContain(
      "stillwatch: Stopped. No result was written; run the same command to start again.\n",
    );
    expect(readdirSync(own)).toEqual([]);
    expect(readdirSync(temporary).filter((name) => name.startsWith("stillwatch-"))).toEqual([]);
  });
});
