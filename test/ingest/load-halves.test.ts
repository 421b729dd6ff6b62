import { readdirSync } from "node:fs";
import { dirname } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Manifest, placeOf, sliceManifest } from "../../src/ingest/segment.ts";
import { exchange, type IntakeBench, openBench } from "./intake-bench.ts";

/** An answer streamed in so many pieces that the engine runs out of its memory reading it. */
const UNBEARABLE = exchange(500, { response: "data:1\n".repeat(1_000_000) });

describe("a line that the engine can't bear", () => {
  let bench: IntakeBench;
  beforeAll(async () => {
    bench = await openBench(undefined, { memoryBytes: 600_000_000 });
  });
  afterAll(() => bench.close());

  it("is refused by name, and the lines around it are loaded", { timeout: 240_000 }, async () => {
    const numbers = Array.from({ length: 40 }, (_, number) => number);
    const lines: unknown[] = numbers.map((number) => exchange(number));
    lines.splice(17, 0, UNBEARABLE);
    lines.push({ account: "nobody" });
    const text = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
    const path = bench.file("lines", text);
    expect(await bench.load([path])).toMatchObject({
      lines: 42,
      accepted: 40,
      rejected: 2,
      rejections: [
        { file: path, line: 18, reason: expect.stringContaining("MEMORY_LIMIT_EXCEEDED") },
        { file: path, line: 42, reason: "no id" },
      ],
    });
    const rejected = await bench.ask("SELECT line FROM rejected ORDER BY line");
    expect(rejected).toEqual([{ line: "18" }, { line: "42" }]);
    expect(bench.spooled()).toEqual([]);
    expect(readdirSync(dirname(path))).not.toContain("lines.0");
    expect(await bench.load([path])).toMatchObject({ accepted: 0, repeats: 40, rejected: 2 });
  });
});

describe("a part of a segment", () => {
  it("knows where its rows stood", () => {
    const whole: Manifest = {
      version: 1,
      rows: 12,
      bytes: 0,
      pieces: [
        { row: 0, file: "a", line: 1 },
        { row: 4, file: "b", line: 10 },
        { row: 6, file: "b", line: 30, same: true },
        { row: 9, file: "c", line: 1 },
      ],
      refusals: [{ row: 5, reason: "r" }],
    };
    for (let from = 0; from < 12; from++) {
      for (let until = from + 1; until <= 12; until++) {
        const part = sliceManifest(whole, from, until);
        for (let row = from; row < until; row++) {
          expect(placeOf(part, row - from)).toEqual(placeOf(whole, row));
        }
        const refused = part.refusals.map(({ row }) => row + from);
        expect(refused).toEqual(from <= 5 && until > 5 ? [5] : []);
      }
    }
  });
});
