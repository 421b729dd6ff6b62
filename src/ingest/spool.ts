import { chmod, mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { StillwatchError } from "../core/errors.ts";
import type { LineBlock } from "./inspect-block.ts";
import { beginPart, type JournalPart, recoverPart, syncFolder, writeAll } from "./journal-part.ts";
import { lineIn, manifestShape, type Refusal, type Segment, type SegmentPiece } from "./segment.ts";

const SEGMENT_NAME = /^(\d{10})\.ndjson$/;
/** A part of the journal of live intake. It has no manifest: every whole line in it counts. */
const PART_NAME = /^(\d{10})\.journal$/;

/**
 * The folder where segments wait, `<data folder>/spool`, mode 0700, files 0600: it holds raw text.
 * A segment counts from the moment its `.ndjson` has its name; its manifest is durable by then.
 */
export interface Spool {
  readonly folder: string;
  /** Complete segments and parts of the journal that an interrupted run left, oldest first. Anything incomplete has been removed. */
  readonly leftover: readonly Segment[];
  /** Starts the next segment. */
  begin(): Promise<SegmentWriter>;
  /** Starts the next part of the journal. */
  beginPart(): Promise<JournalPart>;
}

/** One segment being written. */
export interface SegmentWriter {
  readonly bytes: number;
  readonly rows: number;
  /** Adds lines; `file` and `line` (from 1) say where the first of them stood. */
  add(block: LineBlock, file: string, line: number): Promise<void>;
  /** Makes the segment durable and gives it its name. */
  finish(): Promise<Segment>;
  /** Gives the segment up. */
  abandon(): Promise<void>;
}

/** Opens the spool of a data folder. Throws SW_DATA_UNUSABLE where the folder cannot be written. */
export async function openSpool(dataDir: string): Promise<Spool> {
  const folder = resolve(dataDir, "spool");
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await chmod(folder, 0o700);
    await syncFolder(dirname(folder));
    const leftover = await collectLeftover(folder);
    let next = 1 + Math.max(0, ...leftover.map((segment) => numberOf(segment.path)));
    return {
      folder,
      leftover,
      begin: () => beginSegment(pathOf(folder, next++, "ndjson")),
      beginPart: () => beginPart(pathOf(folder, next++, "journal")),
    };
  } catch (error) {
    if (error instanceof StillwatchError) throw error;
    const reason = (error as NodeJS.ErrnoException).code ?? "unknown";
    throw new StillwatchError("SW_DATA_UNUSABLE", { path: folder, reason }, error);
  }
}

/** Removes a segment once what it holds is in the warehouse. */
export async function removeSegment(segment: Segment): Promise<void> {
  await rm(segment.path, { force: true });
  await rm(manifestPath(segment.path), { force: true });
}

async function collectLeftover(folder: string): Promise<readonly Segment[]> {
  const names = (await readdir(folder)).sort();
  const segments: Segment[] = [];
  const kept = new Set<string>();
  for (const name of names) {
    const path = join(folder, name);
    const segment = PART_NAME.test(name) ? await recoverPart(path) : await readSegment(path);
    if (segment === undefined) continue;
    segments.push(segment);
    kept.add(path).add(manifestPath(path));
  }
  for (const name of names) {
    if (!kept.has(join(folder, name)))
      await rm(join(folder, name), { recursive: true, force: true });
  }
  return segments;
}

async function readSegment(path: string): Promise<Segment | undefined> {
  if (!SEGMENT_NAME.test(basename(path))) return undefined;
  try {
    const text = await readFile(manifestPath(path), "utf8");
    return { path, manifest: manifestShape.parse(JSON.parse(text)) };
  } catch {
    return undefined;
  }
}

async function beginSegment(path: string): Promise<SegmentWriter> {
  const file = await open(`${path}.part`, "w", 0o600);
  const pieces: SegmentPiece[] = [];
  const refusals: Refusal[] = [];
  let bytes = 0;
  let rows = 0;
  return {
    get bytes() {
      return bytes;
    },
    get rows() {
      return rows;
    },
    async add(block, name, line) {
      addPieces(pieces, block, { row: rows, file: name, line });
      for (const refused of block.rejections) {
        refusals.push({ row: rows + refused.line, reason: refused.reason });
      }
      await writeAll(file, block.bytes);
      bytes += block.bytes.length;
      rows += block.lines;
    },
    async finish() {
      const manifest = { version: 1 as const, rows, bytes, pieces, refusals };
      await file.sync();
      await file.close();
      await writeDurably(manifestPath(path), JSON.stringify(manifest));
      await rename(`${path}.part`, path);
      await syncFolder(dirname(path));
      return { path, manifest };
    },
    async abandon() {
      await file.close();
      await rm(`${path}.part`, { force: true });
    },
  };
}

/** Says of a block's rows where they stood; a new piece begins only where the rows stop following each other. */
function addPieces(pieces: SegmentPiece[], block: LineBlock, start: SegmentPiece): void {
  const { row, file, line } = start;
  const before = pieces.at(-1);
  const lines = block.origin?.ofRow ?? [0];
  let last = before?.file === file ? before : undefined;
  for (const [at, offset] of lines.entries()) {
    const here = line + offset;
    if (last !== undefined && lineIn(last, row + at) === here) continue;
    const same = lines[at + 1] === offset;
    last = { row: row + at, file, line: here, ...(same ? { same } : {}) };
    pieces.push(last);
  }
}

async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, "w", 0o600);
  await file.writeFile(text);
  await file.sync();
  await file.close();
}

function manifestPath(path: string): string {
  return path.replace(/\.ndjson$/, ".json");
}

function pathOf(folder: string, number: number, kind: "ndjson" | "journal"): string {
  return join(folder, `${String(number).padStart(10, "0")}.${kind}`);
}

function numberOf(path: string): number {
  return Number(/(\d{10})\.\w+$/.exec(path)?.[1] ?? 0);
}
