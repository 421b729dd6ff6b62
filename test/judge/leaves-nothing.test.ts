import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, it } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "leaves-nothing-"));
const SCAN = fileURLToPath(new URL("../../src/judge/scan.ts", import.meta.url));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("a scan without a data folder leaves no text behind where its process is told to end at once", () => {
  const time = new Date(Date.now() - 3_600_000).toISOString();
  const line = { id: "ex_1", time, account: "a", request: { messages: [] } };
  writeFileSync(join(folder, "in.ndjson"), `${JSON.stringify(line)}\n`);
  const script = `
    import { readdirSync } from "node:fs";
    import { scan } from ${JSON.stringify(SCAN)};
    await scan({
      files: [${JSON.stringify(join(folder, "in.ndjson"))}],
      tickSeconds: 3600, q: 0.01, keepTextDays: 0, strict: false, now: new Date(),
      progress: () => {
        console.log(readdirSync(process.env.TMPDIR).filter((name) => name.startsWith("stillwatch-")).length);
        process.exit(3);
      },
    });`;
  const ended = spawnSync(process.execPath, ["--input-type=module", "-e", script], {
    env: { ...process.env, TMPDIR: folder, XDG_DATA_HOME: join(folder, "home") },
    encoding: "utf8",
  });
  expect(ended.status).toBe(3);
  expect(Number(ended.stdout.trim())).toBeGreaterThan(0);
  expect(readdirSync(folder).filter((name) => name.startsWith("stillwatch-"))).toEqual([]);
});
