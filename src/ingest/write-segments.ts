import { createWriteStream } from "node:fs";
import { join, resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Warehouse } from "../warehouse/open-warehouse.ts";
import type { Damage } from "./damage.ts";
import type { LineBlock } from "./inspect-block.ts";
import { openSource } from "./open-source.ts";
import { readLines } from "./read-lines.ts";
import { readParquet } from "./read-parquet.ts";
import type { Segment } from "./segment.ts";
import type { SegmentWriter, Spool } from "./spool.ts";

/** A full segment in bytes; one line may exceed it by its line end. */
export const SEGMENT_BYTES = 128 * 1024 * 1024;
/** Rows of a full segment: files of tiny lines fill it first. */
const SEGMENT_ROWS = 1_000_000;

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

/** Where segments are written and how large they become. */
export interface SegmentsOptions {
  readonly spool: Spool;
  /** Turns Parquet into lines. */
  readonly warehouse: Warehouse;
  readonly segmentBytes: number;
}

/**
 * Turns inputs into durable segments. Small inputs share a segment, large ones fill several.
 * Memory: one line or 1 MB, whatever the size of the input.
 */
export async function* writeSegments(
  inputs: readonly Input[],
  options: SegmentsOptions,
): AsyncGenerator<ReadySegment, number> {
  let bytesRead = 0;
  let writer: SegmentWriter | undefined;
  try {
    for (const input of inputs) {
      let line = 1;
      const chunks = await openInput(input, options, (bytes) => {
        bytesRead += bytes;
      });
      for await (const block of readLines(chunks)) {
        if (writer !== undefined && isFull(writer, block, options.segmentBytes)) {
          const segment: Segment = await writer.finish();
          writer = undefined;
          yield { segment, bytesRead };
        }
        writer ??= await options.spool.begin();
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

function isFull(writer: SegmentWriter, next: LineBlock, segmentBytes: number): boolean {
  const bytes = writer.bytes + next.bytes.length;
  return bytes > segmentBytes || writer.rows + next.lines > SEGMENT_ROWS;
}

async function openInput(
  input: Input,
  { spool, warehouse }: SegmentsOptions,
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
