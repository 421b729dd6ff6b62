import { describe, expect, it } from "vitest";
import type { Damage } from "../../src/ingest/damage.ts";
import { MAX_LINE_BYTES } from "../../src/ingest/inspect-block.ts";
import { readLines } from "../../src/ingest/read-lines.ts";

interface Read {
  readonly text: string;
  readonly lines: number;
  readonly refused: Record<number, string>;
}

/** Reads chunks to the end; `refused` maps line numbers from 1 to reasons. */
async function read(chunks: readonly (Buffer | string | Damage)[]): Promise<Read> {
  const parts: Buffer[] = [];
  const refused: Record<number, string> = {};
  let lines = 0;
  for await (const block of readLines(toBuffers(chunks))) {
    for (const { line, reason } of block.rejections) refused[lines + line + 1] = reason;
    parts.push(block.bytes);
    lines += block.lines;
  }
  return { text: Buffer.concat(parts).toString("latin1"), lines, refused };
}

async function* toBuffers(
  chunks: readonly (Buffer | string | Damage)[],
): AsyncGenerator<Buffer | Damage> {
  for (const chunk of chunks) yield typeof chunk === "string" ? Buffer.from(chunk) : chunk;
}

function byteByByte(text: string): Buffer[] {
  return [...Buffer.from(text)].map((byte) => Buffer.from([byte]));
}

describe("readLines", () => {
  it("hands whole lines on as they are", async () => {
    const got = await read(['{"a":1}\n{"b', '":2}\n', "\n", '{"c":3}\n']);
    expect(got).toEqual({ text: '{"a":1}\n{"b":2}\n\n{"c":3}\n', lines: 4, refused: {} });
  });

  it("reads the same lines however the bytes are cut", async () => {
    const text = '\ufeff{"a":"é"}\r\n\r\n{"b":"中文"}\n[[]]\n{"c":3}';
    expect(await read(byteByByte(text))).toEqual(await read([text]));
  });

  it("accepts a last line without a line end", async () => {
    expect(await read(['{"a":1}\n{"b":2}'])).toMatchObject({
      text: '{"a":1}\n{"b":2}\n',
      lines: 2,
    });
  });

  it("reads nothing from an empty source or a lone byte order mark", async () => {
    expect((await read([])).lines).toBe(0);
    expect((await read(["\ufeff"])).lines).toBe(0);
  });

  it("drops a byte order mark and the carriage returns before line ends", async () => {
    const got = await read(["\ufeffa\r\nb\r\n\r\nc\rd\n"]);
    expect(got.text).toBe("a\nb\n\nc\rd\n");
  });

  it("refuses lines with NUL bytes or invalid UTF-8 and keeps their neighbours and numbers", async () => {
    const got = await read([Buffer.from("one\r\ntw\0o\n\xc3\x28\nfour\n", "latin1")]);
    expect(got.text).toBe("one\n\n\nfour\n");
    expect(got.refused).toEqual({ 2: "line holds a NUL byte", 3: "line is not valid UTF-8" });
  });

  it("refuses nesting deeper than 1,000 levels and not brackets inside strings", async () => {
    const nested = (depth: number) => `{"a":${"[".repeat(depth - 1)}${"]".repeat(depth - 1)}}`;
    const quoted = `{"a":"${'[{\\"'.repeat(3000)}"}`;
    const wide = `[${"[[]],".repeat(3000)}1]`;
    const got = await read([
      `${nested(1000)}\n${nested(1001)}\n${quoted}\n${nested(5000)}\n${wide}\n`,
    ]);
    expect(got.refused).toEqual({
      2: "nested deeper than 1,000 levels",
      4: "nested deeper than 1,000 levels",
    });
  });

  it("accepts a line of exactly 64 MB and refuses one byte more, whatever its line end", async () => {
    const chunk = Buffer.alloc(1024 * 1024, 0x78);
    const full = new Array<Buffer>(MAX_LINE_BYTES / chunk.length).fill(chunk);
    const got = await read([...full, "\r\n", "a\n", ...full, "x\n", "b\n", ...full, "yy"]);
    expect(got.lines).toBe(5);
    expect(got.refused).toEqual({ 3: "line is longer than 64 MB", 5: "line is longer than 64 MB" });
    expect(got.text.slice(MAX_LINE_BYTES)).toBe("\na\n\nb\n\n");
  });

  it("names the line at which damaged data end and keeps what came before", async () => {
    const got = await read(["a\nb\nhalf a l", { damage: "compressed data end early" }]);
    expect(got).toEqual({
      text: "a\nb\n\n",
      lines: 3,
      refused: { 3: "compressed data end early" },
    });
  });
});
