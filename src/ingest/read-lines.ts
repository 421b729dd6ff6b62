import type { Damage } from "./damage.ts";
import { inspectBlock, type LineBlock, MAX_LINE_BYTES, TOO_LONG } from "./inspect-block.ts";

const NEWLINE = 0x0a;
const EMPTY_LINE = Buffer.from("\n");
const BYTE_ORDER_MARK = Buffer.from("efbbbf", "hex");

/**
 * Cuts chunks into blocks of whole lines without decoding them, each ending in a newline. A line that cannot
 * be taken is an empty line in its block with a reason beside it, so that line numbers stay. Memory: one line.
 */
export async function* readLines(
  chunks: AsyncIterable<Buffer | Damage>,
): AsyncGenerator<LineBlock> {
  let held: Buffer[] = [];
  let heldBytes = 0;
  let skipping = false;

  const hold = (bytes: Buffer): void => {
    if (skipping || bytes.length === 0) return;
    held.push(bytes);
    heldBytes += bytes.length;
    if (heldBytes <= MAX_LINE_BYTES + 2) return;
    held = [];
    skipping = true;
  };
  const finish = (): LineBlock => {
    const block = skipping ? rejectedLine(TOO_LONG) : inspectBlock(Buffer.concat(held));
    held = [];
    heldBytes = 0;
    skipping = false;
    return block;
  };

  for await (const chunk of withoutMark(chunks)) {
    if (!Buffer.isBuffer(chunk)) {
      yield rejectedLine(chunk.damage);
      return;
    }
    let rest = chunk;
    if (heldBytes > 0) {
      const first = rest.indexOf(NEWLINE);
      hold(first < 0 ? rest : rest.subarray(0, first + 1));
      if (first < 0) continue;
      yield finish();
      rest = rest.subarray(first + 1);
    }
    const last = rest.lastIndexOf(NEWLINE);
    if (last >= 0) yield inspectBlock(rest.subarray(0, last + 1));
    hold(rest.subarray(last + 1));
  }
  if (heldBytes === 0) return;
  hold(EMPTY_LINE);
  yield finish();
}

function rejectedLine(reason: string): LineBlock {
  return { bytes: EMPTY_LINE, lines: 1, rejections: [{ line: 0, reason }] };
}

/** Drops a UTF-8 byte order mark at the very start. */
export async function* withoutMark(
  chunks: AsyncIterable<Buffer | Damage>,
): AsyncGenerator<Buffer | Damage> {
  let start: Buffer | undefined = Buffer.alloc(0);
  for await (const chunk of chunks) {
    if (start === undefined) yield chunk;
    else if (!Buffer.isBuffer(chunk)) {
      if (start.length > 0) yield start;
      start = undefined;
      yield chunk;
    } else {
      start = start.length === 0 ? chunk : Buffer.concat([start, chunk]);
      if (start.length < 3) continue;
      yield start.subarray(0, 3).equals(BYTE_ORDER_MARK) ? start.subarray(3) : start;
      start = undefined;
    }
  }
  if (start !== undefined && start.length > 0) yield start;
}
