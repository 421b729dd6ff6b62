const NEWLINE = 0x0a;

/**
 * The rows of an answer that has one String column, as lines. The engine sends each as RowBinary: its length as a
 * varint, then its bytes. Memory: one row or one piece of the answer.
 */
export async function* engineLines(answer: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let heldBytes = 0;
  let wanted = 1;
  for await (const piece of answer) {
    held.push(piece);
    heldBytes += piece.length;
    if (heldBytes < wanted) continue;
    const cut = cutRows(held.length === 1 ? piece : Buffer.concat(held));
    if (cut.lines.length > 0) yield cut.lines;
    held = [cut.rest];
    heldBytes = cut.rest.length;
    wanted = cut.wanted;
  }
}

/** Whole rows as lines, what is left over, and how many bytes it needs to become a row. */
function cutRows(bytes: Buffer): { lines: Buffer; rest: Buffer; wanted: number } {
  // A newline takes no more room than the length it replaces.
  const lines = Buffer.allocUnsafe(bytes.length);
  let filled = 0;
  for (let at = 0; ;) {
    let length = 0;
    let scale = 1;
    let start = at;
    let known = false;
    while (start < bytes.length && !known) {
      const byte = bytes[start++] ?? 0;
      length += (byte & 0x7f) * scale;
      scale *= 128;
      known = byte < 128;
    }
    const end = start + length;
    if (!known || end > bytes.length) {
      const wanted = (known ? end : start + 1) - at;
      return { lines: lines.subarray(0, filled), rest: bytes.subarray(at), wanted };
    }
    bytes.copy(lines, filled, start, end);
    filled += length;
    lines[filled++] = NEWLINE;
    at = end;
  }
}
