import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readTraffic, type TrafficRow } from "../../src/judge/traffic-row.ts";

type Plain = Omit<TrafficRow, "keys" | "tokens"> & { keys: number[]; tokens: number[] };

const u8 = fc.nat(0xff);
const u16 = fc.nat(0xffff);
const u32 = fc.integer({ min: 0, max: 0xffffffff });

/** A row with up to 700 keys and 900 tokens: lengths of one byte and of two, and arrays that outgrow the row's first ones. */
const row: fc.Arbitrary<Plain> = fc
  .record({
    time: u32,
    accountLow: u32,
    accountHigh: u32,
    organizationLow: u32,
    organizationHigh: u32,
    idLow: u32,
    idHigh: u32,
    chainLow: u32,
    chainHigh: u32,
    parentLow: u32,
    parentHigh: u32,
    turn: u16,
    model: u16,
    script: u8,
    presents: u8,
    intent: u32,
    answerBytes: u32,
    outputTokens: u32,
    maxTokens: u32,
    choices: u8,
    finish: u8,
    keyCount: fc.oneof(fc.nat(5), fc.nat(700)),
    tokenCount: fc.oneof(fc.nat(9), fc.nat(900)),
    fill: u32,
  })
  .map(({ fill, ...fixed }) => ({
    ...fixed,
    keys: Array.from({ length: fixed.keyCount * 2 }, (_, i) => (fill + i * 2_654_435_761) >>> 0),
    tokens: Array.from({ length: fixed.tokenCount }, (_, i) => (fill + i * 40_503) & 0xffff),
  }));

describe("readTraffic", () => {
  it("reads the same rows whatever the lengths of the pieces", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 1, maxLength: 6 }),
        fc.array(fc.oneof(fc.integer({ min: 1, max: 9 }), fc.nat(4000)), { minLength: 1 }),
        async (rows, lengths) => {
          const bytes = Buffer.concat(rows.map(encode));
          expect(await read([bytes])).toEqual(rows);
          expect(await read(cut(bytes, lengths))).toEqual(rows);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("reads nothing from nothing", async () => {
    expect(await read([])).toEqual([]);
    expect(await read([Buffer.alloc(0)])).toEqual([]);
  });

  it("raises where the last row is cut off, at any byte, after the whole rows before it", async () => {
    const [first, last] = fc.sample(row, { numRuns: 2, seed: 7 }) as [Plain, Plain];
    const short = { ...last, keyCount: 2, keys: last.keys.slice(0, 4), tokenCount: 0, tokens: [] };
    const whole = encode({ ...short, keys: [1, 2, 3, 4] });
    for (let length = 1; length < whole.length; length++) {
      const seen: Plain[] = [];
      const pieces = [encode(first), whole.subarray(0, length)];
      await expect(read(pieces, seen)).rejects.toThrow(`${length} bytes are left of a broken row`);
      expect(seen).toEqual([first]);
    }
  });

  it("raises where an array's length cannot be one", async () => {
    const bytes = encode({ ...fc.sample(row, { numRuns: 1, seed: 3 })[0]!, keyCount: 0, keys: [] });
    const fixed = bytes.subarray(0, 68);
    await expect(read([fixed, Buffer.alloc(8, 0xff)])).rejects.toThrow("too long");
  });
});

async function read(pieces: readonly Buffer[], seen: Plain[] = []): Promise<Plain[]> {
  async function* source(): AsyncGenerator<Buffer> {
    yield* pieces;
  }
  await readTraffic(source(), ({ keys, tokens, ...fixed }) => {
    seen.push({
      ...fixed,
      keys: [...keys.subarray(0, fixed.keyCount * 2)],
      tokens: [...tokens.subarray(0, fixed.tokenCount)],
    });
  });
  return seen;
}

/** Cuts into pieces of the lengths given, over and over; an empty length makes an empty piece, then one byte. */
function cut(bytes: Buffer, lengths: readonly number[]): Buffer[] {
  const pieces: Buffer[] = [];
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const length = lengths[i % lengths.length]!;
    pieces.push(bytes.subarray(at, at + length));
    at += length;
    if (length === 0) pieces.push(bytes.subarray(at, ++at));
  }
  return pieces;
}

/** RowBinary as the engine writes it, from its own description of the columns. */
function encode(r: Plain): Buffer {
  const fixed = Buffer.alloc(68);
  const words = [
    r.time,
    r.accountLow,
    r.accountHigh,
    r.organizationLow,
    r.organizationHigh,
    r.idLow,
    r.idHigh,
    r.chainLow,
    r.chainHigh,
    r.parentLow,
    r.parentHigh,
  ];
  for (const [i, word] of words.entries()) fixed.writeUInt32LE(word, i * 4);
  fixed.writeUInt16LE(r.turn, 44);
  fixed.writeUInt16LE(r.model, 46);
  fixed.writeUInt8(r.script, 48);
  fixed.writeUInt8(r.presents, 49);
  for (const [i, word] of [r.intent, r.answerBytes, r.outputTokens, r.maxTokens].entries()) {
    fixed.writeUInt32LE(word, 50 + i * 4);
  }
  fixed.writeUInt8(r.choices, 66);
  fixed.writeUInt8(r.finish, 67);
  const keys = Buffer.from(Uint32Array.from(r.keys).buffer);
  const tokens = Buffer.from(Uint16Array.from(r.tokens).buffer);
  return Buffer.concat([fixed, varint(r.keyCount), keys, varint(r.tokenCount), tokens]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (; value > 127; value >>>= 7) bytes.push((value & 127) | 128);
  return Buffer.from([...bytes, value]);
}
