import { createReadStream, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Damage } from "../../src/ingest/damage.ts";
import { readExchanges } from "../../src/ingest/read-exchanges.ts";
import type { Reading } from "../../src/ingest/translate-record.ts";

/** What became of a source. */
export interface Read {
  /** Lines for the warehouse, parsed; those that are no JSON as they are. */
  readonly rows: readonly Record<string, unknown>[];
  readonly text: string;
  readonly refused: readonly { readonly line: number; readonly reason: string }[];
  readonly aside: Readonly<Record<string, number>>;
  /** Line of the source by row, from 1, of rows that say something. */
  readonly lines: readonly number[];
}

/** A file of examples/dialects. */
export function example(name: string): string {
  return fileURLToPath(new URL(`../../examples/dialects/${name}`, import.meta.url));
}

/** Records of an example with one record a line. */
export function recordsOf(name: string): readonly Record<string, unknown>[] {
  const lines = readFileSync(example(name), "utf8").trim().split("\n");
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** Reads a file to its end. */
export function readFile(path: string, reading: Reading = {}): Promise<Read> {
  return readAll(createReadStream(path) as AsyncIterable<Buffer>, reading);
}

/** Reads chunks, or text in chunks of so many bytes, to the end. */
export async function readText(
  text: string,
  reading: Reading = {},
  bytes = 1 << 20,
): Promise<Read> {
  async function* chunks(): AsyncGenerator<Buffer | Damage> {
    const all = Buffer.from(text);
    for (let at = 0; at < all.length; at += bytes) yield all.subarray(at, at + bytes);
  }
  return await readAll(chunks(), reading);
}

async function readAll(chunks: AsyncIterable<Buffer | Damage>, reading: Reading): Promise<Read> {
  const aside: Record<string, number> = {};
  const onAside = (what: string): void => {
    aside[what] = (aside[what] ?? 0) + 1;
  };
  const refused: { line: number; reason: string }[] = [];
  const texts: string[] = [];
  const lines: number[] = [];
  let line = 1;
  for await (const block of readExchanges(chunks, { ...reading, onAside })) {
    const lineOf = (row: number): number => line + (block.origin?.ofRow[row] ?? row);
    const here = block.bytes.toString("utf8").split("\n").slice(0, -1);
    for (const rejected of block.rejections) {
      refused.push({ line: lineOf(rejected.line), reason: rejected.reason });
    }
    for (const [row, text] of here.entries()) if (text.trim() !== "") lines.push(lineOf(row));
    texts.push(...here);
    line += block.origin?.lines ?? block.lines;
  }
  const said = texts.filter((text) => text.trim() !== "");
  const rows = said.map((text) => JSON.parse(text) as Record<string, unknown>);
  return { rows, text: texts.map((text) => `${text}\n`).join(""), refused, aside, lines };
}
