/** One request as the judge reads it (`sql/views/traffic.sql`). One object is filled again for every row: keep nothing of it but copies. */
export class TrafficRow {
  time = 0;
  accountLow = 0;
  accountHigh = 0;
  organizationLow = 0;
  organizationHigh = 0;
  idLow = 0;
  idHigh = 0;
  chainLow = 0;
  chainHigh = 0;
  parentLow = 0;
  parentHigh = 0;
  turn = 0;
  model = 0;
  script = 0;
  presents = 0;
  intent = 0;
  answerBytes = 0;
  outputTokens = 0;
  maxTokens = 0;
  choices = 0;
  finish = 0;
  keyCount = 0;
  /** Pairs of low and high words, `keyCount` of them. */
  keys = new Uint32Array(256);
  tokenCount = 0;
  tokens = new Uint16Array(512);
}

/** A row of its own with the same content, but for what is changed. */
export function copyOf(row: TrafficRow, changed: Partial<TrafficRow> = {}): TrafficRow {
  const { keyCount, tokenCount } = row;
  const own = { keys: row.keys.slice(0, 2 * keyCount), tokens: row.tokens.slice(0, tokenCount) };
  return Object.assign(new TrafficRow(), row, own, changed);
}

const FIXED_BYTES = 4 + 5 * 8 + 2 + 2 + 1 + 1 + 4 + 4 + 4 + 4 + 1 + 1;

/** Decodes RowBinary in pieces of any length and calls `use` for every row. One pass, no object a row. */
export async function readTraffic(
  pieces: AsyncIterable<Buffer>,
  use: (row: TrafficRow) => void,
): Promise<void> {
  const row = new TrafficRow();
  let rest: Buffer = Buffer.alloc(0);
  for await (const piece of pieces) {
    const bytes = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    let at = 0;
    for (;;) {
      const next = decode(bytes, at, row);
      if (next < 0) break;
      use(row);
      at = next;
    }
    rest = bytes.subarray(at);
  }
  if (rest.length > 0) throw new Error(`traffic: ${rest.length} bytes are left of a broken row`);
}

/** Reads the row at `at`; returns where the next one begins, or −1 where the bytes end first. */
function decode(bytes: Buffer, at: number, row: TrafficRow): number {
  if (at + FIXED_BYTES + 2 > bytes.length) return -1;
  const keyStart = at + FIXED_BYTES;
  const [keyCount, keysAt] = varint(bytes, keyStart);
  if (keysAt < 0 || keysAt + keyCount * 8 + 1 > bytes.length) return -1;
  const [tokenCount, tokensAt] = varint(bytes, keysAt + keyCount * 8);
  if (tokensAt < 0 || tokensAt + tokenCount * 2 > bytes.length) return -1;
  row.time = bytes.readUInt32LE(at);
  row.accountLow = bytes.readUInt32LE(at + 4);
  row.accountHigh = bytes.readUInt32LE(at + 8);
  row.organizationLow = bytes.readUInt32LE(at + 12);
  row.organizationHigh = bytes.readUInt32LE(at + 16);
  row.idLow = bytes.readUInt32LE(at + 20);
  row.idHigh = bytes.readUInt32LE(at + 24);
  row.chainLow = bytes.readUInt32LE(at + 28);
  row.chainHigh = bytes.readUInt32LE(at + 32);
  row.parentLow = bytes.readUInt32LE(at + 36);
  row.parentHigh = bytes.readUInt32LE(at + 40);
  row.turn = bytes.readUInt16LE(at + 44);
  row.model = bytes.readUInt16LE(at + 46);
  row.script = bytes[at + 48]!;
  row.presents = bytes[at + 49]!;
  row.intent = bytes.readUInt32LE(at + 50);
  row.answerBytes = bytes.readUInt32LE(at + 54);
  row.outputTokens = bytes.readUInt32LE(at + 58);
  row.maxTokens = bytes.readUInt32LE(at + 62);
  row.choices = bytes[at + 66]!;
  row.finish = bytes[at + 67]!;
  if (keyCount * 2 > row.keys.length) row.keys = new Uint32Array(keyCount * 4);
  for (let i = 0; i < keyCount * 2; i++) row.keys[i] = bytes.readUInt32LE(keysAt + i * 4);
  row.keyCount = keyCount;
  if (tokenCount > row.tokens.length) row.tokens = new Uint16Array(tokenCount * 2);
  for (let i = 0; i < tokenCount; i++) row.tokens[i] = bytes.readUInt16LE(tokensAt + i * 2);
  row.tokenCount = tokenCount;
  return tokensAt + tokenCount * 2;
}

/** [value, where it ends]; −1 where the bytes end first. */
function varint(bytes: Buffer, at: number): readonly [number, number] {
  let value = 0;
  for (let shift = 0; shift < 35; shift += 7) {
    if (at >= bytes.length) return [0, -1];
    const byte = bytes[at++]!;
    value += (byte & 127) * 2 ** shift;
    if (byte < 128) return [value, at];
  }
  throw new Error("traffic: an array is too long");
}
