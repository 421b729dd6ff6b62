import { createWriteStream } from "node:fs";
import { join, resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Warehouse } from "../warehouse/open-warehouse.ts";
import type { Damage } from "./damage.ts";
import type { LineBlock } from "./inspect-block.ts";
import { openSource, type Packing } from "./open-source.ts";
import { readExchanges } from "./read-exchanges.ts";
import { readParquet } from "./read-parquet.ts";
import type { Reading } from "./translate-record.ts";

/** Something to read lines from. */
export interface Input {
  /** As people know it: the path as given, or a name for standard input. */
  readonly name: string;
  /** Where the engine may read it itself; absent for standard input. */
  readonly path?: string;
  /** Opens its raw bytes. */
  open(): AsyncIterable<Buffer | string>;
}

/** What reading takes beside the input. */
export interface ReadBlocksOptions {
  /** A folder for what can't be read as it comes. */
  readonly folder: string;
  /** Turns Parquet into lines. */
  readonly warehouse: Warehouse;
  /** Hears of every raw byte taken. */
  readonly onBytes: (bytes: number) => void;
  /** How lines that may not be our own are read. */
  readonly reading: Reading;
  /** Hears how the input is packed, before its first lines. */
  readonly onPacking?: (packing: Packing) => void;
}

/** Whole lines of an input, unpacked, inspected and in our own form. Memory: as `readExchanges`, or 1 MB. */
export async function* readBlocks(
  input: Input,
  options: ReadBlocksOptions,
): AsyncGenerator<LineBlock> {
  yield* readExchanges(await openInput(input, options), options.reading);
}

async function openInput(
  input: Input,
  { folder, warehouse, onBytes, onPacking }: ReadBlocksOptions,
): Promise<AsyncIterable<Buffer | Damage>> {
  const source = await openSource(input.open(), onBytes);
  onPacking?.(source.packing);
  if (source.packing !== "parquet") return source.chunks;
  const path = input.path ?? (await keepBeside(folder, source.chunks));
  return readParquet(warehouse, resolve(path));
}

/** Parquet cannot be read as it comes: its index is at its end. */
async function keepBeside(folder: string, chunks: AsyncIterable<Buffer | Damage>): Promise<string> {
  const path = join(folder, "standard-input.parquet");
  await pipeline(Readable.from(chunks), createWriteStream(path, { mode: 0o600 }));
  return path;
}
