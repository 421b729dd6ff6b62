import { cutValues } from "./cut-values.ts";
import type { Damage } from "./damage.ts";
import { detectDialect } from "./detect-dialect.ts";
import { type LineBlock, MAX_LINE_BYTES } from "./inspect-block.ts";
import { readLines } from "./read-lines.ts";
import { translateLines, translateValues } from "./translate-block.ts";
import type { Reading } from "./translate-record.ts";

const NEWLINE = 0x0a;
const BRACKET = 0x5b;
const BYTE_ORDER_MARK: readonly number[] = [0xef, 0xbb, 0xbf];
/** An array without a line end within this much is cut into its elements. */
const ARRAY_HEAD_BYTES = 1024 * 1024;

/**
 * Blocks of lines as the warehouse reads them. Our own lines pass untouched, told by the first lines of the file;
 * in other files every record is translated by the dialect that recognises it, and documents that are no lines
 * are cut into values. A line of several exchanges becomes several rows, each with the line it came from.
 * Memory: one line or value of at most 64 MB, and what it becomes.
 */
export async function* readExchanges(
  chunks: AsyncIterable<Buffer | Damage>,
  reading: Reading,
): AsyncGenerator<LineBlock> {
  if (reading.dialect === "own") return yield* readLines(chunks);
  const { head, all } = await peek(chunks);
  const { layout, dialect } = detectDialect(head);
  const named = reading.dialect ?? reading.map;
  if (layout === "values") yield* translateValues(cutValues(all), reading);
  else if (dialect === undefined && named === undefined) yield* readLines(all);
  else for await (const block of readLines(all)) yield translateLines(block, reading);
}

/** A source whose beginning is known. */
export interface Peeked {
  /** The beginning, as text: a whole line that says something, or as much as is looked at. */
  readonly head: string;
  /** Everything, from the beginning. */
  readonly all: AsyncIterable<Buffer | Damage>;
}

/** Looks at the beginning of a source; what was taken comes again. */
export async function peek(chunks: AsyncIterable<Buffer | Damage>): Promise<Peeked> {
  const iterator = chunks[Symbol.asyncIterator]();
  const taken: (Buffer | Damage)[] = [];
  const head: Buffer[] = [];
  let bytes = 0;
  let first: number | undefined;
  for (let enough = false; !enough;) {
    const next = await iterator.next();
    if (next.done === true) break;
    const chunk = next.value;
    taken.push(chunk);
    if (!Buffer.isBuffer(chunk)) break;
    head.push(chunk);
    bytes += chunk.length;
    const from = first === undefined ? chunk.findIndex(isText) : 0;
    if (from < 0) continue;
    first ??= chunk[from];
    enough =
      chunk.includes(NEWLINE, from) ||
      bytes > (first === BRACKET ? ARRAY_HEAD_BYTES : MAX_LINE_BYTES);
  }
  async function* all(): AsyncGenerator<Buffer | Damage> {
    yield* taken.splice(0);
    for (;;) {
      const next = await iterator.next();
      if (next.done === true) return;
      yield next.value;
    }
  }
  return { head: Buffer.concat(head).toString("utf8"), all: all() };
}

function isText(byte: number): boolean {
  return byte > 0x20 && !BYTE_ORDER_MARK.includes(byte);
}
