import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exchange, type IntakeBench, openBench } from "./intake-bench.ts";

const CHILD = join(import.meta.dirname, "load-child.ts");
const MOMENTS = 14;
const LINES = 6000;

/** About 80 MB, so that a run writes and loads several segments. */
function content(file: number): string {
  const answer = "The harbour is calm and the lamps are lit. ".repeat(90);
  let text = "";
  for (let i = 0; i < LINES; i++) {
    const number = file * LINES + i;
    text += `${JSON.stringify(exchange(number, { response: { choices: [{ message: { content: answer } }] } }))}\n`;
    if (i % 1000 === 500) text += `{"id":"bad_${number}"}\n`;
  }
  return text;
}

let files: IntakeBench;
let paths: readonly string[];
beforeAll(async () => {
  files = await openBench();
  paths = [0, 1, 2].map((file) =>
    files.file(
      `killed-${file}`,
      file === 1 ? gzipSync(content(file), { level: 1 }) : content(file),
    ),
  );
});
afterAll(() => files.close());

/** Runs the child and kills it `milliseconds` after it began to load. False where it had finished by then. */
async function runAndKill(dataDir: string, milliseconds: number): Promise<boolean> {
  const child = spawn(process.execPath, [CHILD, dataDir, ...paths], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  const timer = setTimeout(() => child.kill("SIGKILL"), milliseconds);
  const [, signal] = (await once(child, "exit")) as [number | null, string | null];
  clearTimeout(timer);
  return signal === "SIGKILL";
}

/** The warehouse process of a killed run ends by itself, a moment later: until then the folder is locked. */
async function openWhenFree(dataDir: string): Promise<IntakeBench> {
  for (let tries = 0; ; tries++) {
    try {
      return await openBench(dataDir);
    } catch (error) {
      if ((error as { code?: string }).code !== "SW_DATA_LOCKED" || tries === 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

async function finish(dataDir: string): Promise<void> {
  const bench = await openWhenFree(dataDir);
  const totals = await bench.load(paths);
  expect(totals.lines).toBe(3 * (LINES + 6));
  expect(totals.accepted + totals.repeats).toBe(3 * LINES);
  expect(totals.rejected).toBe(18);
  const [counts] = await bench.ask(
    "SELECT (SELECT count() FROM exchanges) AS kept, (SELECT uniqExact(id) FROM exchanges) AS ids, (SELECT count() FROM rejected) AS rejected",
  );
  expect(counts).toEqual({ kept: "18000", ids: "18000", rejected: "18" });
  expect(bench.spooled()).toEqual([]);
  await bench.close();
}

describe("a run that is killed", () => {
  const moments = Array.from({ length: MOMENTS }, (_, i) => Math.round(4 * 1.55 ** i));
  it.each(moments)(
    "after %i ms, and another over the same files, leave each line once",
    async (milliseconds) => {
      const dataDir = mkdtempSync(join(tmpdir(), "stillwatch-killed-"));
      await runAndKill(dataDir, milliseconds);
      await finish(dataDir);
    },
  );

  it("twice in a row is finished by the third", async () => {
    const dataDir = mkdtempSync(join(tmpdir(), "stillwatch-killed-"));
    await runAndKill(dataDir, 350);
    (await openWhenFree(dataDir)).warehouse.close();
    await runAndKill(dataDir, 200);
    await finish(dataDir);
  });
});
