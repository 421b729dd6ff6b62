/** One request as a window sees it: hashes of who sent it, seconds since 1970, hashes of its words. */
export interface Prompt {
  readonly tenant: bigint;
  readonly account: bigint;
  readonly time: number;
  readonly tokens: Uint16Array;
}

const FIXED_BYTES = 8 + 8 + 4;

/** Decodes the RowBinary of `baselineWindows` in pieces of any length and calls `use` for every request. One pass. */
export async function readPrompts(
  pieces: AsyncIterable<Buffer>,
  use: (prompt: Prompt) => void,
): Promise<void> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const piece of pieces) {
    const bytes = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    let at = 0;
    for (let end = endOf(bytes, at); end !== -1; end = endOf(bytes, at)) {
      use(decode(bytes, at, end));
      at = end;
    }
    rest = bytes.subarray(at);
  }
  if (rest.length > 0) throw new Error(`${rest.length} bytes are left of a broken row`);
}

function decode(bytes: Buffer, at: number, end: number): Prompt {
  const { count, from } = lengthAt(bytes, at + FIXED_BYTES)!;
  const tokens = new Uint16Array(count);
  for (let i = 0; i < count; i++) tokens[i] = bytes.readUInt16LE(from + 2 * i);
  if (from + 2 * count !== end) throw new Error("A row ends elsewhere than it says");
  return {
    tenant: bytes.readBigUInt64LE(at),
    account: bytes.readBigUInt64LE(at + 8),
    time: bytes.readUInt32LE(at + 16),
    tokens,
  };
}

/** Where the row at `at` ends; −1 where the bytes end first. */
function endOf(bytes: Buffer, at: number): number {
  const length = lengthAt(bytes, at + FIXED_BYTES);
  if (length === undefined) return -1;
  const end = length.from + 2 * length.count;
  return end > bytes.length ? -1 : end;
}

/** An array's length (a variable-length integer) and where its items begin. */
function lengthAt(
  bytes: Buffer,
  at: number,
): { readonly count: number; readonly from: number } | undefined {
  let count = 0;
  for (let from = at, factor = 1; from < bytes.length; from++, factor *= 128) {
    const byte = bytes[from]!;
    count += (byte & 127) * factor;
    if (byte < 128) return { count, from: from + 1 };
  }
  return undefined;
}
