import { createWriteStream } from "node:fs";
import { join, resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Warehouse } from "../warehouse/open-warehouse.ts";
import type { Damage } from "./damage.ts";
import { openSource } from "./open-source.ts";
import { readLines } from "./read-lines.ts";
import { readParquet } from "./read-parquet.ts";
import type { Segment } from "./segment.ts";
import { SEGMENT_BYTES, SEGMENT_ROWS, type SegmentWriter, type Spool } from "./spool.ts";

/** Something to read lines from. */
export interface Input {
  /** As people know it: the path as given, or a name for standard input. */
  readonly name: string;
  /** Where the engine may read it itself; absent for standard input. */
  readonly path?: string;
  /** Opens its raw bytes. */
  open(): AsyncIterable<Buffer | string>;
}

/** A segment ready to load, and the raw bytes taken from all inputs when it was finished. */
export interface ReadySegment {
  readonly segment: Segment;
  readonly bytesRead: number;
}

/**
 * Turns inputs into durable segments of at most 64 MB. Small inputs share a segment, large ones fill several.
 * Memory: one line or 1 MB, whatever the size of the input.
 */
export async function* writeSegments(
  inputs: readonly Input[],
  spool: Spool,
  warehouse: Warehouse,
): AsyncGenerator<ReadySegment, number> {
  let bytesRead = 0;
  let writer: SegmentWriter | undefined;
  try {
    for (const input of inputs) {
      let line = 1;
      const chunks = await openInput(input, spool, warehouse, (bytes) => {
        bytesRead += bytes;
      });
      for await (const block of readLines(chunks)) {
        if (writer !== undefined && isFull(writer, block.bytes.length, block.lines)) {
          const segment: Segment = await writer.finish();
          writer = undefined;
          yield { segment, bytesRead };
        }
        writer ??= await spool.begin();
        await writer.add(block, input.name, line);
        line += block.lines;
      }
    }
    if (writer !== undefined) {
      const segment = await writer.finish();
      writer = undefined;
      yield { segment, bytesRead };
    }
    return bytesRead;
  } finally {
    await writer?.abandon();
  }
}

function isFull(writer: SegmentWriter, bytes: number, rows: number): boolean {
  return writer.bytes + bytes > SEGMENT_BYTES || writer.rows + rows > SEGMENT_ROWS;
}

async function openInput(
  input: Input,
  spool: Spool,
  warehouse: Warehouse,
  onBytes: (bytes: number) => void,
): Promise<AsyncIterable<Buffer | Damage>> {
  const source = await openSource(input.open(), onBytes);
  if (source.packing !== "parquet") return source.chunks;
  const path = input.path ?? (await keepBeside(spool, source.chunks));
  return readParquet(warehouse, resolve(path));
}

/** Parquet cannot be read as it comes: its index is at its end. */
async function keepBeside(spool: Spool, chunks: AsyncIterable<Buffer | Damage>): Promise<string> {
  const path = join(spool.folder, "standard-input.parquet");
  await pipeline(Readable.from(chunks), createWriteStream(path, { mode: 0o600 }));
  return path;
}
