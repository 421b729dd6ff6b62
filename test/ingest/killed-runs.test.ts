import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exchange, type IntakeBench, openBench } from "./intake-bench.ts";

const CHILD = join(import.meta.dirname, "load-child.ts");
const LINES = 400;
/** Lines of a file that are no exchange. */
const BAD = 2;
const SEGMENT_BYTES = 300_000;

/** A third of a megabyte, so that a run writes and loads several segments. */
function content(file: number): string {
  let text = "";
  for (let i = 0; i < LINES; i++) {
    const number = file * LINES + i;
    const answer = `Harbour ${number} is calm and its lamps are lit. `.repeat(10);
    const response = { choices: [{ message: { content: answer } }] };
    text += `${JSON.stringify(exchange(number, { response }))}\n`;
    if (i % 200 === 100) text += `{"id":"bad_${number}"}\n`;
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

/** Runs the child and kills it `milliseconds` after the `words`-th thing it says. False where it had ended. */
async function runAndKill(dataDir: string, words: number, milliseconds: number): Promise<boolean> {
  const child = spawn(process.execPath, [CHILD, dataDir, String(SEGMENT_BYTES), ...paths], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  let heard = 0;
  child.stdout.on("data", (chunk: Buffer) => {
    const before = heard;
    heard += chunk.toString().split("\n").length - 1;
    if (before < words && heard >= words) setTimeout(() => child.kill("SIGKILL"), milliseconds);
  });
  const [, signal] = (await ended) as [number | null, string | null];
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
  const totals = await bench.load(paths, { segmentBytes: SEGMENT_BYTES });
  expect(totals.lines).toBe(3 * (LINES + BAD));
  expect(totals.accepted + totals.repeats).toBe(3 * LINES);
  expect(totals.rejected).toBe(3 * BAD);
  const [counts] = await bench.ask(
    `SELECT (SELECT count() FROM exchanges) AS kept, (SELECT uniqExact(id) FROM exchanges) AS ids,
       (SELECT count() FROM rejected) AS rejected`,
  );
  expect(counts).toEqual({
    kept: String(3 * LINES),
    ids: String(3 * LINES),
    rejected: String(3 * BAD),
  });
  expect(bench.spooled()).toEqual([]);
  await bench.close();
}

describe("a run that is killed", () => {
  // At its first word the data folder is open, at the second it begins to read; each later one is a segment loaded.
  const moments = Array.from({ length: 8 }, (_, i) => [1 + (i % 4), (i * 67) % 210] as const);
  let killed = 0;
  it.each(moments)(
    "after its word %i and %i ms, and another over the same files, leave each line once",
    async (words, milliseconds) => {
      const dataDir = mkdtempSync(join(tmpdir(), "stillwatch-killed-"));
      if (await runAndKill(dataDir, words, milliseconds)) killed++;
      await finish(dataDir);
    },
  );

  it("was killed at six moments at least, or these tests show nothing", () => {
    expect(killed).toBeGreaterThanOrEqual(6);
  });

  it("twice in a row is finished by the third", async () => {
    const dataDir = mkdtempSync(join(tmpdir(), "stillwatch-killed-"));
    expect(await runAndKill(dataDir, 3, 60)).toBe(true);
    await (await openWhenFree(dataDir)).warehouse.close();
    expect(await runAndKill(dataDir, 2, 20)).toBe(true);
    await finish(dataDir);
  });
});
