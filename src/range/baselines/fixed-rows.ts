/**
 * Calls `use` with where each row begins in a RowBinary answer whose rows are all `width` bytes long. One pass, no
 * object a row; nothing of the buffer may be kept.
 */
export async function fixedRows(
  pieces: AsyncIterable<Buffer>,
  width: number,
  use: (bytes: Buffer, at: number) => void,
): Promise<void> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const piece of pieces) {
    const bytes = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    const end = bytes.length - (bytes.length % width);
    for (let at = 0; at < end; at += width) use(bytes, at);
    rest = bytes.subarray(end);
  }
  if (rest.length > 0) throw new Error(`${rest.length} bytes are left of a broken row`);
}
