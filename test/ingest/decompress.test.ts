import { gzipSync, zstdCompressSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { openSource } from "../../src/ingest/open-source.ts";

const TEXT = Array.from(
  { length: 40_000 },
  (_, i) => `{"line":${i},"x":"${(i * 7919) % 9973}"}\n`,
).join("");

interface Unpacked {
  readonly packing: string;
  readonly text: string;
  readonly damage: string | undefined;
  readonly bytes: number;
}

async function unpack(packed: Buffer, chunkBytes = 10_007): Promise<Unpacked> {
  let bytes = 0;
  const source = await openSource(cut(packed, chunkBytes), (more) => {
    bytes += more;
  });
  const parts: Buffer[] = [];
  let damage: string | undefined;
  for await (const chunk of source.chunks) {
    if (Buffer.isBuffer(chunk)) parts.push(chunk);
    else damage = chunk.damage;
  }
  return { packing: source.packing, text: Buffer.concat(parts).toString(), damage, bytes };
}

async function* cut(packed: Buffer, chunkBytes: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < packed.length; at += chunkBytes) yield packed.subarray(at, at + chunkBytes);
}

function skippableFrame(bytes: number): Buffer {
  const frame = Buffer.alloc(8 + bytes, 1);
  frame.writeUInt32LE(0x184d2a53, 0);
  frame.writeUInt32LE(bytes, 4);
  return frame;
}

describe.each([
  ["gzip", gzipSync],
  ["zstd", zstdCompressSync],
] as const)("openSource on %s", (packing, pack) => {
  const packed = pack(TEXT);

  it("unpacks it, whatever the chunks, and counts the packed bytes", async () => {
    const whole = { packing, text: TEXT, damage: undefined, bytes: packed.length };
    expect(await unpack(packed)).toEqual(whole);
    expect(await unpack(packed, 97)).toEqual(whole);
    expect(await unpack(packed, packed.length)).toEqual(whole);
  });

  it("unpacks members that were written one after the other", async () => {
    const text = TEXT.slice(0, 20_000);
    const many = Buffer.concat([pack(text.slice(0, 1000)), pack(""), pack(text.slice(1000))]);
    for (const chunkBytes of [1, 5, many.length]) {
      expect(await unpack(many, chunkBytes)).toMatchObject({ text, damage: undefined });
    }
  });

  it("keeps the readable prefix of truncated data, wherever they end", async () => {
    for (const share of [0.3, 0.7, 0.999]) {
      const got = await unpack(packed.subarray(0, Math.floor(packed.length * share)));
      expect(got.damage).toBe("compressed data end early");
      expect(TEXT.startsWith(got.text)).toBe(true);
      expect(got.text.length).toBeGreaterThan(TEXT.length * (share - 0.25));
    }
  });

  it("says so when nothing but the first bytes is there", async () => {
    expect(await unpack(packed.subarray(0, 6))).toMatchObject({
      text: "",
      damage: "compressed data end early",
    });
  });

  it("reports bytes that follow and are no such data", async () => {
    const got = await unpack(Buffer.concat([packed, Buffer.from("something else")]));
    expect(got.damage).toBe("compressed data are damaged");
    expect(TEXT.startsWith(got.text)).toBe(true);
  });
});

describe("openSource", () => {
  it("skips the skippable frames that seekable and parallel zstd writers add", async () => {
    const half = TEXT.slice(0, 5000);
    const frames = Buffer.concat([
      skippableFrame(4),
      zstdCompressSync(half),
      skippableFrame(300),
      zstdCompressSync(TEXT.slice(5000)),
      skippableFrame(0),
    ]);
    for (const chunkBytes of [11, 10_007]) {
      expect(await unpack(frames, chunkBytes)).toMatchObject({ text: TEXT, damage: undefined });
    }
  });

  it("reads plain text of any length as it is", async () => {
    for (const text of ["", "{", "12345", TEXT]) {
      expect(await unpack(Buffer.from(text), 3)).toMatchObject({ packing: "plain", text });
    }
  });

  it("names a packing it does not read instead of refusing every line", async () => {
    const got = await unpack(Buffer.from("BZh91AY&SY…"));
    expect(got.damage).toBe(
      "bzip2 is not read: decompress the file first, or pack it with gzip or zstd",
    );
  });
});
