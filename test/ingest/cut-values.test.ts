import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutValues } from "../../src/ingest/cut-values.ts";
import { DAMAGED, type Damage } from "../../src/ingest/damage.ts";

async function cut(chunks: readonly (string | Buffer | Damage)[]) {
  async function* source(): AsyncGenerator<Buffer | Damage> {
    for (const chunk of chunks) yield typeof chunk === "string" ? Buffer.from(chunk) : chunk;
  }
  const values = [];
  for await (const some of cutValues(source())) values.push(...some);
  return values.map((value) =>
    "bytes" in value ? { line: value.line, text: value.bytes.toString("utf8") } : value,
  );
}

describe("cutValues", () => {
  it("cuts an array into its elements and says on which line each begins", async () => {
    expect(await cut(['[\n {"a": 1},\n {\n  "b": [2, "]}"]\n },\n"c", 4]\n'])).toEqual([
      { line: 2, text: '{"a": 1}' },
      { line: 3, text: '{\n  "b": [2, "]}"]\n }' },
      { line: 6, text: '"c"' },
      { line: 6, text: "4" },
    ]);
  });

  it("cuts documents over several lines that follow each other", async () => {
    expect(await cut(['\ufeff{\n"a":1}\n{\n"b":"\\"{"\n}'])).toEqual([
      { line: 1, text: '{\n"a":1}' },
      { line: 3, text: '{\n"b":"\\"{"\n}' },
    ]);
  });

  it("finds the same values however the bytes are cut", async () => {
    const property = fc.asyncProperty(
      fc.array(fc.jsonValue()),
      fc.boolean(),
      async (values, spread) => {
        const text = JSON.stringify(values, null, spread ? 2 : 0);
        const bytes = [...Buffer.from(text)].map((byte) => Buffer.from([byte]));
        const found = await cut(bytes);
        expect(found).toEqual(await cut([text]));
        expect(found.map((one) => JSON.parse("text" in one ? one.text : "") as unknown)).toEqual(
          JSON.parse(text),
        );
      },
    );
    await fc.assert(property, { numRuns: 200, seed: 3 });
  });

  it("says where a document ends too early, and where its source is damaged", async () => {
    expect(await cut(['[{"a":1},\n{"b":'])).toEqual([
      { line: 1, text: '{"a":1}' },
      { line: 2, reason: "the JSON document ends in the middle of a value" },
    ]);
    expect(await cut(['{\n"a":', DAMAGED])).toEqual([
      { line: 1, reason: "compressed data are damaged" },
    ]);
  });

  it("refuses values that are too long or too deep, holds none of them, and goes on", async () => {
    const long = Buffer.alloc(1 << 20, "x");
    const found = await cut([
      '[{"a":"',
      ...Array.from({ length: 65 }, () => long),
      '"},\n1',
      ",",
      `${"[".repeat(1001)}${"]".repeat(1001)},2]`,
    ]);
    expect(found).toEqual([
      { line: 1, reason: expect.stringContaining("longer than 64 MB") as string },
      { line: 2, text: "1" },
      { line: 2, reason: "nested deeper than 1,000 levels" },
      { line: 2, text: "2" },
    ]);
  });
});
