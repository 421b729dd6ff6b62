import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { StillwatchError } from "../core/errors.ts";
import type { Damage } from "./damage.ts";
import { gunzip, unzstd } from "./decompress.ts";

/** How a source is packed, told by its first bytes and never by its name. */
export type Packing = "plain" | "gzip" | "zstd" | "parquet" | "unsupported";

/** A file or stream about to be read. */
export interface Source {
  readonly packing: Packing;
  /** What it holds, decompressed; verbatim bytes for Parquet. Can be read once. */
  readonly chunks: AsyncIterable<Buffer | Damage>;
}

const READ_BYTES = 1024 * 1024;

/** Bytes at the start of formats that are not read, with the name shown to people. */
const UNSUPPORTED: readonly (readonly [string, Buffer])[] = [
  ["bzip2", Buffer.from("BZh")],
  ["xz", Buffer.from("fd377a585a00", "hex")],
  ["lz4", Buffer.from("04224d18", "hex")],
  ["zip", Buffer.from("504b0304", "hex")],
];

/** Raw bytes of a file for `openSource`. Throws SW_INPUT_MISSING or SW_INPUT_UNREADABLE. */
export async function* readFileChunks(
  path: string,
  chunkBytes = READ_BYTES,
): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: chunkBytes })) {
      yield chunk as Buffer;
    }
  } catch (error) {
    throw inputError(path, error);
  }
}

/** Size of a regular file in bytes; undefined for pipes and devices. Throws as `readFileChunks`. */
export async function sizeOf(path: string): Promise<number | undefined> {
  const found = await stat(path).catch((error: unknown) => {
    throw inputError(path, error);
  });
  return found.isFile() ? found.size : undefined;
}

function inputError(path: string, error: unknown): StillwatchError {
  const reason = (error as NodeJS.ErrnoException).code ?? "unknown";
  if (reason === "ENOENT") return new StillwatchError("SW_INPUT_MISSING", { path }, error);
  return new StillwatchError("SW_INPUT_UNREADABLE", { path, reason }, error);
}

/** Looks at the first bytes of a source and unpacks it. `onBytes` hears of every raw byte taken. */
export async function openSource(
  raw: AsyncIterable<Buffer | string>,
  onBytes: (bytes: number) => void,
): Promise<Source> {
  const counted = count(raw, onBytes);
  const head: Buffer[] = [];
  let headBytes = 0;
  while (headBytes < 6) {
    const next = await counted.next();
    if (next.done === true) break;
    head.push(next.value);
    headBytes += next.value.length;
  }
  const start = Buffer.concat(head);
  return unpack(start, resume(start, counted));
}

function unpack(start: Buffer, packed: AsyncGenerator<Buffer>): Source {
  if (begins(start, "1f8b")) return { packing: "gzip", chunks: gunzip(packed) };
  if (begins(start, "28b52ffd") || isSkippableFrame(start))
    return { packing: "zstd", chunks: unzstd(packed) };
  if (start.subarray(0, 4).equals(Buffer.from("PAR1")))
    return { packing: "parquet", chunks: packed };
  for (const [name, magic] of UNSUPPORTED) {
    if (start.subarray(0, magic.length).equals(magic))
      return { packing: "unsupported", chunks: refuse(name, packed) };
  }
  return { packing: "plain", chunks: packed };
}

async function* refuse(name: string, packed: AsyncGenerator<Buffer>): AsyncGenerator<Damage> {
  await packed.return(undefined);
  yield { damage: `${name} is not read: decompress the file first, or pack it with gzip or zstd` };
}

function begins(start: Buffer, hex: string): boolean {
  return start.subarray(0, hex.length / 2).equals(Buffer.from(hex, "hex"));
}

function isSkippableFrame(start: Buffer): boolean {
  return start.length >= 4 && (start.readUInt32LE(0) & 0xfffffff0) >>> 0 === 0x184d2a50;
}

async function* count(
  raw: AsyncIterable<Buffer | string>,
  onBytes: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  for await (const chunk of raw) {
    const bytes = typeof chunk === "string" ? Buffer.from(chunk) : chunk;
    onBytes(bytes.length);
    yield bytes;
  }
}

async function* resume(start: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  if (start.length > 0) yield start;
  yield* rest;
}
