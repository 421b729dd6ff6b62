import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { expect, it } from "vitest";

const alertsFile = (webhook: string): string => `webhooks:\n  - ${webhook}\n`;
const GOOD = alertsFile("{ name: on-call, url: http://127.0.0.1:9/hook, secret_env: HOOK_SECRET }");

it("a server told to read its settings again does so or says what is wrong with them, and ends when asked", async () => {
  const folder = mkdtempSync(join(tmpdir(), "stillwatch-signals-"));
  const alerts = join(folder, "alerts.yaml");
  writeFileSync(alerts, GOOD);
  const words = ["serve", "--data", join(folder, "data"), "--listen", "0", "--alerts", alerts];
  const child = spawn(process.execPath, ["src/cli/main.ts", ...words], {
    cwd: join(import.meta.dirname, "../.."),
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...process.env, HOOK_SECRET: `whsec_${Buffer.alloc(32, 7).toString("base64")}` },
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const says = (text: string) => expect.poll(() => said, { timeout: 100_000 }).toContain(text);
  try {
    await says("Listening on");
    child.kill("SIGHUP");
    await says(`Read ${alerts} again.`);
    writeFileSync(alerts, alertsFile("{ name: on-call, format: fax }"));
    child.kill("SIGHUP");
    await says("Nothing was changed.");
    child.kill("SIGTERM");
    await says("Ended.");
    const [code] = child.exitCode === null ? await once(child, "exit") : [child.exitCode];
    expect(code).toBe(0);
  } finally {
    child.kill("SIGKILL");
  }
});
