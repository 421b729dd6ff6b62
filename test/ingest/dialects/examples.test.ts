import { readdirSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ALL_DIALECTS } from "../../../src/ingest/dialects/catalog.ts";
import { dialectOf } from "../../../src/ingest/detect-dialect.ts";
import { loadMap } from "../../../src/ingest/load-map.ts";
import { translateRecord } from "../../../src/ingest/translate-record.ts";
import { example, readFile, recordsOf } from "../reading-bench.ts";

const FILES = readdirSync(example("")).filter((name) => /\.(nd)?json$/.test(name));
const mapOf = (name: string) =>
  name.startsWith("bespoke") ? { map: loadMap(example("bespoke.map.yaml")) } : {};

describe("a dialect", () => {
  it.each(FILES)("turns the example %s into exchanges", async (name) => {
    const { rows, refused, aside } = await readFile(example(name), mapOf(name));
    const golden = `./golden/${name.replace(/\..*/, "")}.json`;
    await expect(`${JSON.stringify({ rows, refused, aside }, null, 2)}\n`).toMatchFileSnapshot(
      golden,
    );
  });

  it("has an example, and no other recognises its records", () => {
    const lines = FILES.filter((name) => name.endsWith(".ndjson") && !name.startsWith("bespoke"));
    const seen = lines.flatMap((name) => recordsOf(name).map((record) => ({ name, record })));
    for (const { name, record } of seen) {
      const named = ALL_DIALECTS.filter((dialect) => dialect.recognises(record));
      expect(
        named.map((dialect) => dialect.name),
        name,
      ).toHaveLength(1);
    }
    const found = new Set(seen.map(({ record }) => dialectOf(record)?.name));
    expect(found).toEqual(new Set(["litellm", "bedrock", "otlp", "azure-apim"]));
  });

  it("leaves our own lines alone", () => {
    const own = { id: "a", time: "2026-04-30T00:00:00Z", account: "b", request: { messages: [] } };
    expect(dialectOf(own)).toBeUndefined();
  });

  it("survives any value anywhere, and always answers with objects or reasons", () => {
    const records = FILES.filter((name) => name.endsWith(".ndjson")).flatMap(recordsOf);
    const broken = fc.tuple(fc.constantFrom(...records), fc.nat(400), fc.jsonValue());
    fc.assert(
      fc.property(broken, ([record, place, value]) => {
        const text = JSON.stringify(replaced(record, { left: place }, value));
        for (const row of translateRecord(text, {})) {
          if ("text" in row) expect(JSON.parse(row.text)).toBeTypeOf("object");
          else expect(row.reason).not.toBe("");
        }
      }),
      { numRuns: 2000, seed: 5 },
    );
  });
});

/** The value with one of its parts, counted in order, replaced; JSON texts are looked into. */
function replaced(value: unknown, count: { left: number }, by: unknown): unknown {
  if (count.left-- === 0) return by;
  if (Array.isArray(value)) return value.map((one) => replaced(one, count, by));
  if (typeof value === "string" && /^[[{]/.test(value)) {
    return JSON.stringify(replaced(JSON.parse(value), count, by));
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, replaced(one, count, by)]),
  );
}
