import type { Warehouse } from "../warehouse/open-warehouse.ts";
import type { LineBlock } from "./inspect-block.ts";
import { type Input, readBlocks } from "./read-blocks.ts";
import type { Segment } from "./segment.ts";
import type { SegmentWriter, Spool } from "./spool.ts";
import type { Reading } from "./translate-record.ts";
import { withBeats } from "./with-beats.ts";

/** A full segment in bytes; one line may exceed it by its line end. */
export const SEGMENT_BYTES = 128 * 1024 * 1024;
/** Rows of a full segment: files of tiny lines fill it first. */
export const SEGMENT_ROWS = 1_000_000;

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
  /** Finishes a segment that isn't full about this often too: for inputs that never end. */
  readonly beatMs?: number;
  /** How lines that may not be our own are read; by default each shows what it is. */
  readonly reading?: Reading;
}

/**
 * Turns inputs into durable segments. Small inputs share a segment, large ones fill several.
 * Memory: one line or 1 MB, whatever the size of the input.
 */
export async function* writeSegments(
  inputs: readonly Input[],
  options: SegmentsOptions,
): AsyncGenerator<ReadySegment, number> {
  const { spool, warehouse, segmentBytes, beatMs, reading = {} } = options;
  let bytesRead = 0;
  let writer: SegmentWriter | undefined;
  const onBytes = (bytes: number): void => {
    bytesRead += bytes;
  };
  try {
    for (const input of inputs) {
      let line = 1;
      const blocks = readBlocks(input, { folder: spool.folder, warehouse, onBytes, reading });
      for await (const block of beatMs === undefined ? blocks : withBeats(blocks, beatMs)) {
        if (writer !== undefined && (block === undefined || isFull(writer, block, segmentBytes))) {
          const segment: Segment = await writer.finish();
          writer = undefined;
          yield { segment, bytesRead };
        }
        if (block === undefined) continue;
        writer ??= await spool.begin();
        await writer.add(block, input.name, line);
        line += block.origin?.lines ?? block.lines;
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
