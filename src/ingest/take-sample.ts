import type { Warehouse } from "../warehouse/open-warehouse.ts";
import type { LineBlock } from "./inspect-block.ts";
import { totalSize } from "./find-inputs.ts";
import { type Packing, readFileChunks, sizeOf } from "./open-source.ts";
import { type Input, readBlocks } from "./read-blocks.ts";
import type { Segment } from "./segment.ts";
import type { Spool } from "./spool.ts";
import type { Reading } from "./translate-record.ts";

/** How much is taken, and with what. */
export interface TakeSampleOptions {
  readonly spool: Spool;
  /** Turns Parquet into lines. */
  readonly warehouse: Warehouse;
  /** Unpacked bytes in all. */
  readonly bytes: number;
  /** How lines that may not be our own are read. */
  readonly reading: Reading;
}

/** The first lines of some inputs. */
export interface Sample {
  readonly segment: Segment;
  /** How many inputs were looked into, and how many there are. */
  readonly inputs: number;
  readonly of_inputs: number;
  /** True where every input was read to its end. */
  readonly whole: boolean;
  /** Unpacked bytes taken from each input at most. */
  readonly bytes_each: number;
  /** How many times the sample all inputs are, by their sizes; undefined where a size is not known. */
  readonly scale: number | undefined;
  /** Raw bytes of all inputs; undefined for streams. */
  readonly total_bytes: number | undefined;
}

const MOST_INPUTS = 8;
/** Files are read in small pieces: of a packed one, what was read ahead counts as taken. */
const READ_BYTES = 64 * 1024;

/**
 * Takes the first lines of at most eight inputs, spread evenly over the list, the first and the last among them, into
 * one segment. Memory: one line or 1 MB. Throws SW_INPUT_*.
 */
export async function takeSample(
  inputs: readonly Input[],
  options: TakeSampleOptions,
): Promise<Sample> {
  const chosen = spread(inputs, MOST_INPUTS);
  const bytes_each = Math.ceil(options.bytes / Math.max(1, chosen.length));
  const writer = await options.spool.begin();
  let whole = chosen.length === inputs.length;
  let raw: number | undefined = 0;
  try {
    for (const input of chosen) {
      const taken = await takeFirst(input, bytes_each, options, (block, line) =>
        writer.add(block, input.name, line),
      );
      whole &&= taken.whole;
      raw = raw === undefined || taken.raw === undefined ? undefined : raw + taken.raw;
    }
    const total_bytes = await totalSize(inputs);
    return {
      segment: await writer.finish(),
      inputs: chosen.length,
      of_inputs: inputs.length,
      whole,
      bytes_each,
      scale: whole ? 1 : total_bytes === undefined || !raw ? undefined : total_bytes / raw,
      total_bytes,
    };
  } catch (error) {
    await writer.abandon();
    throw error;
  }
}

/** `most` of a list, evenly spread, both ends among them. */
function spread<T>(list: readonly T[], most: number): readonly T[] {
  if (list.length <= most) return list;
  const step = (list.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, at) => list[Math.round(at * step)] as T);
}

/** Reads the first `most` unpacked bytes. `raw`: about how much of the input that is; undefined where it can't be told. */
async function takeFirst(
  input: Input,
  most: number,
  { spool, warehouse, reading }: TakeSampleOptions,
  add: (block: LineBlock, line: number) => Promise<void>,
): Promise<{ readonly whole: boolean; readonly raw: number | undefined }> {
  let [raw, taken, line] = [0, 0, 1];
  let packing = "plain" as Packing;
  const { path } = input;
  const blocks = readBlocks(
    path === undefined ? input : { ...input, open: () => readFileChunks(path, READ_BYTES) },
    {
      folder: spool.folder,
      warehouse,
      reading,
      onBytes: (bytes) => {
        raw += bytes;
      },
      onPacking: (found) => {
        packing = found;
      },
    },
  );
  for await (const block of blocks) {
    await add(block, line);
    line += block.origin?.lines ?? block.lines;
    taken += block.bytes.length;
    if (taken < most) continue;
    // Of Parquet the engine reads what it needs; of plain lines more has been read than was taken.
    const known = packing === "plain" && block.origin === undefined ? taken : raw;
    return { whole: false, raw: packing === "parquet" ? undefined : known };
  }
  const size = path === undefined ? raw : await sizeOf(path);
  return { whole: true, raw: size };
}
