import { constants } from "node:fs";
import { type FileHandle, open, rm } from "node:fs/promises";
import { basename, dirname } from "node:path";
import type { Segment } from "./segment.ts";

const NEWLINE = 0x0a;
const READ_BYTES = 1024 * 1024;

/** A file of the journal being appended to. */
export interface JournalPart {
  /** Durable bytes. */
  readonly bytes: number;
  /** Appends whole lines; they are durable when it resolves. After it threw, the part takes no more: `end` it. */
  append(texts: readonly Buffer[], rows: number): Promise<void>;
  /** Closes the part, without what a failed `append` left in it; undefined where nothing is in it. Never throws: what was promised is on disk whatever fails now. */
  end(): Promise<Segment | undefined>;
}

/** Creates a part that only its owner can read. Its name is durable, so that what is appended can be found again. */
export async function beginPart(path: string): Promise<JournalPart> {
  const file = await open(path, "wx", 0o600);
  await syncFolder(dirname(path));
  let [bytes, rows] = [0, 0];
  return {
    get bytes() {
      return bytes;
    },
    async append(texts, more) {
      let written = 0;
      for (const text of texts) {
        await writeAll(file, text);
        written += text.length;
      }
      await file.datasync();
      bytes += written;
      rows += more;
    },
    async end() {
      // Where these fail, only lines that nobody was promised are left, the last of them perhaps torn.
      await cutOff(file, bytes).catch(() => {});
      await file.close().catch(() => {});
      if (bytes > 0) return segmentOf(path, { bytes, rows });
      await rm(path, { force: true }).catch(() => {});
      return undefined;
    },
  };
}

async function cutOff(file: FileHandle, bytes: number): Promise<void> {
  if ((await file.stat()).size > bytes) await file.truncate(bytes);
}

/** A part that a killed process left: a torn last line, which nobody was promised, is cut off. Undefined where nothing is left of it. */
export async function recoverPart(path: string): Promise<Segment | undefined> {
  const file = await open(path, "r+");
  try {
    const { rows, end } = await countLines(file);
    await file.truncate(end);
    await file.sync();
    if (rows > 0) return segmentOf(path, { bytes: end, rows });
  } finally {
    await file.close();
  }
  await rm(path, { force: true });
  return undefined;
}

/** How many line ends a file holds, and where the last of them ends. */
async function countLines(file: FileHandle): Promise<{ rows: number; end: number }> {
  const buffer = Buffer.alloc(READ_BYTES);
  let [rows, end, start] = [0, 0, 0];
  for (;;) {
    const { bytesRead } = await file.read(buffer, 0, READ_BYTES, start);
    if (bytesRead === 0) return { rows, end };
    const piece = buffer.subarray(0, bytesRead);
    for (let at = piece.indexOf(NEWLINE); at >= 0; at = piece.indexOf(NEWLINE, at + 1)) {
      rows++;
      end = start + at + 1;
    }
    start += bytesRead;
  }
}

function segmentOf(path: string, { bytes, rows }: { bytes: number; rows: number }): Segment {
  const pieces = [{ row: 0, file: `intake/${basename(path)}`, line: 1 }];
  return {
    path,
    manifest: { version: 1, rows, bytes, pieces, refusals: [] },
    promised: true,
  };
}

/** Writes all of a buffer at the end of a file. */
export async function writeAll(file: FileHandle, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length;) {
    at += (await file.write(bytes, at)).bytesWritten;
  }
}

/** Makes the names in a folder durable. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, constants.O_RDONLY);
  await handle.sync();
  await handle.close();
}
