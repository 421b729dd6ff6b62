import {
  type FileHandle,
  open,
  readdir,
  readFile,
  rename,
  stat,
  writeFile,
} from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { StillwatchError } from "../core/errors.ts";
import { MAX_LINE_BYTES } from "./inspect-block.ts";

/** What following a file takes. */
export interface TailOptions {
  readonly path: string;
  /** Remembers how far the file was sent, so that a later run goes on there. */
  readonly placePath: string;
  /** Takes whole lines; when it resolves they are safe. */
  readonly send: (lines: Buffer) => Promise<void>;
  /** How often a file that has ended is looked at again, milliseconds. */
  readonly pollMs: number;
  /** Ends the following once what is in the file was sent. */
  readonly signal: AbortSignal;
}

const placeShape = z.strictObject({ inode: z.string(), offset: z.int().nonnegative() });
/** How far a file was sent; the inode tells it from one that took its name. */
type Place = z.infer<typeof placeShape>;

/** Sent at once; a longer line goes alone. */
const BATCH_BYTES = 4 * 1024 * 1024;
const NEWLINE = 0x0a;

/**
 * Sends a log's whole lines as they are written, from where the last run ended. A log that is rotated is sent to its end
 * first, also where it was rotated while nobody followed (its new name is in the same folder); one that is cut short is
 * read from its beginning. A line may be sent twice, never none. Throws SW_INPUT_MISSING, SW_INPUT_UNREADABLE and what
 * `send` throws.
 */
export async function tailFile(options: TailOptions): Promise<void> {
  const { path, placePath } = options;
  let place = await readPlace(placePath);
  const former = place === undefined ? undefined : await formerName(path, place.inode);
  if (former !== undefined) await follow(former, place, { ...options, ended: () => true });
  for (;;) {
    const ended = async (inode: string): Promise<boolean> =>
      ((await inodeOf(path)) ?? inode) !== inode;
    const rotated = await follow(path, place, { ...options, ended });
    if (!rotated) return;
    place = undefined;
  }
}

interface FollowOptions extends TailOptions {
  /** Whether no more will be written to the file of this inode. */
  readonly ended: (inode: string) => boolean | Promise<boolean>;
}

/** Sends a file from a place on. True where it has ended and was sent whole, false where the signal ended it. */
async function follow(
  path: string,
  place: Place | undefined,
  { ended, send, placePath, pollMs, signal }: FollowOptions,
): Promise<boolean> {
  const file = await openLog(path);
  try {
    const { ino, size } = await file.stat({ bigint: true });
    const inode = ino.toString();
    let offset = place?.inode === inode && place.offset <= Number(size) ? place.offset : 0;
    for (let last = false; ;) {
      const lines = await linesAt(file, offset, last);
      if (lines.length > 0) {
        await send(lines);
        offset += lines.length;
        await writePlace(placePath, { inode, offset });
        continue;
      }
      if (last) return true;
      if (signal.aborted) return false;
      if ((await file.stat()).size < offset) offset = 0;
      // A writer goes on with the old file for a moment after it was renamed: one more look follows.
      await wait(pollMs, undefined, { signal }).catch(() => {});
      last = await ended(inode);
    }
  } finally {
    await file.close();
  }
}

/** Whole lines from an offset on, and with `last` also one without an end. Empty where there are none. */
async function linesAt(file: FileHandle, offset: number, last: boolean): Promise<Buffer> {
  for (let size = BATCH_BYTES; ; size *= 2) {
    const buffer = Buffer.alloc(size);
    const { bytesRead } = await file.read(buffer, 0, size, offset);
    const read = buffer.subarray(0, bytesRead);
    const end = read.lastIndexOf(NEWLINE) + 1;
    if (end > 0) return read.subarray(0, end);
    if (bytesRead < size) return last ? read : read.subarray(0, 0);
    // Longer than any line may be: it goes in pieces, which the receiver refuses.
    if (size > MAX_LINE_BYTES) return read;
  }
}

async function openLog(path: string): Promise<FileHandle> {
  try {
    return await open(path, "r");
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? "unknown";
    const code = reason === "ENOENT" ? "SW_INPUT_MISSING" : "SW_INPUT_UNREADABLE";
    throw new StillwatchError(code, { path, reason }, error);
  }
}

/** The inode behind a name; undefined where there is none, as between the steps of a rotation. */
async function inodeOf(path: string): Promise<string | undefined> {
  const found = await stat(path, { bigint: true }).catch(() => undefined);
  return found?.ino.toString();
}

/** The name that the file of an inode has now, if it is not `path` any more. */
async function formerName(path: string, inode: string): Promise<string | undefined> {
  if ((await inodeOf(path)) === inode) return undefined;
  const folder = dirname(path);
  for (const name of await readdir(folder)) {
    if (!name.startsWith(basename(path))) continue;
    if ((await inodeOf(join(folder, name))) === inode) return join(folder, name);
  }
  return undefined;
}

async function readPlace(path: string): Promise<Place | undefined> {
  try {
    return placeShape.parse(JSON.parse(await readFile(path, "utf8")));
  } catch {
    return undefined;
  }
}

async function writePlace(path: string, place: Place): Promise<void> {
  await writeFile(`${path}.part`, JSON.stringify(place), { mode: 0o600 });
  await rename(`${path}.part`, path);
}
