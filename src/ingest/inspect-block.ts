import { isUtf8 } from "node:buffer";

/** Longest line accepted, without its line end, in bytes. */
export const MAX_LINE_BYTES = 64 * 1024 * 1024;
/** Why a longer line is not accepted. */
export const TOO_LONG = "line is longer than 64 MB";
/** Deepest nesting of arrays and objects accepted in a line. */
export const MAX_DEPTH = 1000;
/** Most arrays and objects in a line: each costs a reader a hundred times the byte it may take. */
export const MAX_NODES = 1_000_000;
/** Why a line with more is not accepted. */
export const TOO_MANY_NODES = "holds more than 1,000,000 arrays and objects";

/** Whole lines as they go into a segment: refused ones are empty and named in `rejections`. */
export interface LineBlock {
  readonly bytes: Buffer;
  readonly lines: number;
  readonly rejections: readonly BlockRejection[];
  /** Where lines were translated: the line of the source each came from, counted from 0, and how many the source had. */
  readonly origin?: { readonly ofRow: readonly number[]; readonly lines: number };
}

/** A refused line, counted from 0 within its block. */
export interface BlockRejection {
  readonly line: number;
  readonly reason: string;
}

const NEWLINE = 0x0a;
const RETURN = 0x0d;
const EMPTY_LINE = Buffer.from("\n");
/** A shorter line cannot close more than MAX_DEPTH brackets it opened. */
const SHALLOW_BYTES = 2 * MAX_DEPTH;

/**
 * Checks lines for what the engine must not meet: more than 64 MB, NUL bytes, invalid UTF-8, deep nesting.
 * Carriage returns before a newline are dropped. Complexity: a native scan of the block, one more native
 * scan of lines over 2 kB, and a scan byte by byte only of lines with over 1,000 brackets.
 */
export function inspectBlock(bytes: Buffer): LineBlock {
  const clean = isUtf8(bytes) && !bytes.includes(0);
  const returns = bytes.includes(RETURN);
  const rejections: BlockRejection[] = [];
  const kept: Buffer[] = [];
  let lines = 0;
  let copied = 0;
  for (let start = 0; start < bytes.length; lines++) {
    const end = bytes.indexOf(NEWLINE, start);
    const cr = returns && end > start && bytes[end - 1] === RETURN;
    const length = end - start - (cr ? 1 : 0);
    if (!clean || length > SHALLOW_BYTES) {
      const reason = reasonAgainst(bytes.subarray(start, start + length), clean);
      if (reason !== "") {
        rejections.push({ line: lines, reason });
        kept.push(bytes.subarray(copied, start), EMPTY_LINE);
        copied = end + 1;
      }
    }
    if (cr && copied <= start) {
      kept.push(bytes.subarray(copied, end - 1));
      copied = end;
    }
    start = end + 1;
  }
  if (copied === 0) return { bytes, lines, rejections };
  kept.push(bytes.subarray(copied));
  return { bytes: Buffer.concat(kept), lines, rejections };
}

function reasonAgainst(line: Buffer, clean: boolean): string {
  if (line.length > MAX_LINE_BYTES) return TOO_LONG;
  if (!clean && line.includes(0)) return "line holds a NUL byte";
  if (!clean && !isUtf8(line)) return "line is not valid UTF-8";
  return line.length > SHALLOW_BYTES && hasManyBrackets(line) ? structureProblem(line) : "";
}

function hasManyBrackets(line: Buffer): boolean {
  let count = 0;
  for (const bracket of [0x7b, 0x5b]) {
    for (let at = line.indexOf(bracket); at >= 0; at = line.indexOf(bracket, at + 1)) {
      count++;
      if (count > MAX_DEPTH) return true;
    }
  }
  return false;
}

/** Looks at nesting and number of arrays and objects outside of strings. */
function structureProblem(line: Buffer): string {
  let depth = 0;
  let nodes = 0;
  let inString = false;
  for (let i = 0; i < line.length; i++) {
    const byte = line[i];
    if (inString) {
      if (byte === 0x5c) i++;
      else if (byte === 0x22) inString = false;
    } else if (byte === 0x22) inString = true;
    else if (byte === 0x7b || byte === 0x5b) {
      depth++;
      nodes++;
      if (depth > MAX_DEPTH) return "nested deeper than 1,000 levels";
      if (nodes > MAX_NODES) return TOO_MANY_NODES;
    } else if (byte === 0x7d || byte === 0x5d) depth--;
  }
  return "";
}
