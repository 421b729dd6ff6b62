import { Readable, type Transform } from "node:stream";
import { createGunzip, createZstdDecompress } from "node:zlib";
import { DAMAGED, type Damage, ENDS_EARLY } from "./damage.ts";
import { type FramePiece, zstdFrameCutter } from "./zstd-frames.ts";

/** Decompressed bytes handed on at a time. On corrupt input up to this much before the fault is lost. */
const CHUNK_BYTES = 64 * 1024;

/** Decompresses gzip, several members too. Ends with a `Damage` where the data are truncated or corrupt. */
export async function* gunzip(packed: AsyncIterable<Buffer>): AsyncGenerator<Buffer | Damage> {
  yield* through(packed, createGunzip({ chunkSize: CHUNK_BYTES }));
}

/** Decompresses zstd, several frames too. Ends with a `Damage` where the data are truncated or corrupt. */
export async function* unzstd(packed: AsyncIterable<Buffer>): AsyncGenerator<Buffer | Damage> {
  const pieces = framePieces(packed);
  for (;;) {
    const first = await pieces.next();
    if (first.done === true) return;
    if (first.value.kind === "bad") return yield DAMAGED;
    const frame = restOfFrame(first.value, pieces);
    if (first.value.kind === "skip") {
      for await (const _ of frame) continue;
      continue;
    }
    for await (const chunk of through(frame, createZstdDecompress({ chunkSize: CHUNK_BYTES }))) {
      yield chunk;
      if (!Buffer.isBuffer(chunk)) return;
    }
  }
}

async function* framePieces(packed: AsyncIterable<Buffer>): AsyncGenerator<FramePiece> {
  const cut = zstdFrameCutter();
  for await (const chunk of packed) yield* cut(chunk);
}

async function* restOfFrame(
  first: FramePiece,
  pieces: AsyncGenerator<FramePiece>,
): AsyncGenerator<Buffer> {
  yield first.bytes;
  let ended = first.ends;
  while (!ended) {
    const next = await pieces.next();
    if (next.done === true) return;
    yield next.value.bytes;
    ended = next.value.ends;
  }
}

/**
 * Reads a decoder to its end or its error. A stream's own iterator drops what is buffered when an error
 * arrives; this one hands it on first, because the readable prefix of a broken file is to be kept.
 */
async function* through(
  packed: AsyncIterable<Buffer>,
  decoder: Transform,
): AsyncGenerator<Buffer | Damage> {
  let failure: unknown;
  let ended = false;
  let wake = (): void => {};
  const source = Readable.from(packed, { objectMode: true, highWaterMark: 1 });
  source.once("error", (error) => decoder.destroy(error));
  decoder.once("end", () => {
    ended = true;
    wake();
  });
  decoder.once("error", (error) => {
    failure = error;
    wake();
  });
  decoder.on("readable", () => wake());
  source.pipe(decoder);
  try {
    for (;;) {
      const done = ended || failure !== undefined;
      for (let chunk = decoder.read(); chunk !== null; chunk = decoder.read()) yield chunk;
      if (done) break;
      if (ended || failure !== undefined || decoder.readableLength > 0) continue;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  } finally {
    source.destroy();
    decoder.destroy();
  }
  if (failure !== undefined) yield damageOf(failure);
}

function damageOf(failure: unknown): Damage {
  const code = String((failure as { code?: unknown }).code);
  if (code === "Z_BUF_ERROR") return ENDS_EARLY;
  if (code.startsWith("Z_") || code.startsWith("ZSTD_")) return DAMAGED;
  throw failure;
}
