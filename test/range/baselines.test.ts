import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BASELINES } from "../../src/range/baselines/catalog.ts";
import { fixedRows } from "../../src/range/baselines/fixed-rows.ts";
import { readPrompts, type Prompt } from "../../src/range/baselines/read-prompts.ts";
import { threshold, upperQuantile } from "../../src/range/baselines/threshold.ts";
import {
  openBaselineBench,
  type BaselineBench,
  DAY,
  HOUR,
  START,
  type Line,
} from "./baseline-bench.ts";

describe("the baselines", () => {
  it("are four, each with a name and a source of its own", () => {
    expect(BASELINES.map(({ id }) => id)).toEqual(["threshold", "synchrony", "dense-block", "mmd"]);
    expect(new Set(BASELINES.flatMap(({ name, source }) => [name, source])).size).toBe(8);
  });

  it("flag nothing where there is no traffic", async () => {
    const bench = await openBaselineBench([]);
    for (const baseline of BASELINES) expect(await bench.flag(baseline)).toEqual([]);
    await bench.close();
  });
});

describe("the threshold per account", () => {
  let bench: BaselineBench;
  beforeAll(async () => {
    const lines: Line[] = Array.from({ length: 40 }, (_, i) => ({
      account: `calm${i % 20}`,
      time: START + (i % 20) * HOUR + Math.floor(i / 20) * 30 * 60_000,
    }));
    const hours = [1, 5, 9, 9];
    for (const hour of hours)
      lines.push({ account: "busy", time: START + DAY + hour * HOUR + lines.length * 1000 });
    lines.push({ account: "steady", time: START }, { account: "steady", time: START + HOUR });
    lines.push({ account: "steady", time: START + DAY });
    bench = await openBaselineBench(lines);
  });
  afterAll(() => bench.close());

  it("flags who sends more on a day than the stated quantile of the accounts, in the hour it does", async () => {
    // 22 accounts: the busiest days of 21 are of two exchanges.
    expect(await bench.flag(threshold({ quantile: 0.95 }))).toEqual([
      { accounts: ["busy"], time: new Date(START + DAY + 10 * HOUR).toISOString() },
    ]);
  });

  it("takes the least value that the share doesn't exceed", () => {
    const values = [5, 1, 4, 2, 3];
    expect([0, 0.2, 0.21, 0.8, 1].map((share) => upperQuantile(values, share))).toEqual([
      1, 1, 2, 4, 5,
    ]);
    expect(() => upperQuantile([], 0.5)).toThrow(RangeError);
  });
});

describe("the readers of binary rows", () => {
  async function* inPieces(bytes: Buffer, length: number): AsyncGenerator<Buffer> {
    for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
  }

  it("take fixed rows in pieces of any length, and refuse a broken one", async () => {
    const bytes = Buffer.from(Uint8Array.from({ length: 12 }, (_, i) => i));
    for (const length of [1, 5, 12]) {
      const seen: number[] = [];
      await fixedRows(inPieces(bytes, length), 4, (piece, at) => seen.push(piece[at]!));
      expect(seen).toEqual([0, 4, 8]);
    }
    await expect(fixedRows(inPieces(bytes, 12), 5, () => {})).rejects.toThrow("2 bytes are left");
  });

  it("take prompts of any number of words", async () => {
    const prompts: Prompt[] = [0, 3, 200].map((count) => ({
      tenant: 7n,
      account: BigInt(count),
      time: 1_700_000_000 + count,
      tokens: Uint16Array.from({ length: count }, (_, i) => 40_000 + i),
    }));
    const bytes = Buffer.concat(prompts.map(encoded));
    for (const length of [1, 7, bytes.length]) {
      const seen: Prompt[] = [];
      await readPrompts(inPieces(bytes, length), (prompt) => seen.push(prompt));
      expect(seen).toEqual(prompts);
    }
    const cut = bytes.subarray(0, -1);
    await expect(readPrompts(inPieces(cut, 64), () => {})).rejects.toThrow("broken row");
  });

  function encoded({ tenant, account, time, tokens }: Prompt): Buffer {
    const head = Buffer.alloc(20);
    head.writeBigUInt64LE(tenant, 0);
    head.writeBigUInt64LE(account, 8);
    head.writeUInt32LE(time, 16);
    const n = tokens.length;
    const length = n < 128 ? [n] : [(n & 127) | 128, n >> 7];
    return Buffer.concat([head, Buffer.from(length), Buffer.from(tokens.buffer)]);
  }
});
