import { BASE, mix32 } from "./mix.ts";

/** A text's UTF-8 bytes, in memory that the next text uses again. */
export interface TextBytes {
  bytes: Buffer;
  /** The same bytes. */
  view: DataView;
  length: number;
}

/** Room for one text at a time. */
export function makeTextBytes(): TextBytes {
  return { ...roomFor(1 << 16), length: 0 };
}

function roomFor(size: number): Pick<TextBytes, "bytes" | "view"> {
  const bytes = Buffer.allocUnsafeSlow(size);
  return { bytes, view: new DataView(bytes.buffer) };
}

/** Puts a text's bytes into `room`. */
export function encode(room: TextBytes, text: string): void {
  if (3 * text.length > room.bytes.length) Object.assign(room, roomFor(6 * text.length));
  room.length = room.bytes.write(text, 0);
}

/** What a text hashes to, before it is keyed: the whole and its longer lines. Halves alternate in `lines`. */
export interface Reading {
  readonly low: number;
  readonly high: number;
  /** UTF-8 bytes of the text. */
  readonly bytes: number;
  /** A quarter of the lines of 80 bytes or more, chosen by hash. */
  readonly lines: readonly number[];
}

/** Bytes from which a line, or an answer, is taken for one that nobody writes twice. */
export const LONG = 80;

const NEWLINE = 10;
const NEWLINES = 0x0a0a0a0a;
const SEED = { low: 0x3c6ef372, high: 0x9747b28c };
const NONE: readonly number[] = [];

/** Reads the text in `room`. Equal lines hash alike wherever they stand; the whole of a single line is that line. Complexity: linear, four bytes at a time. */
export function readText({ bytes, view, length }: TextBytes): Reading {
  let [wholeLow, wholeHigh] = [0, 0];
  let kept: number[] | undefined;
  for (let at = 0; at < length;) {
    const first = at;
    let low = SEED.low;
    let high = SEED.high;
    for (; at + 4 <= length; at += 4) {
      const word = view.getInt32(at, true);
      const other = word ^ NEWLINES;
      // True where one of the four bytes is a newline (Mycroft's test for a zero byte).
      if (((other - 0x01010101) & ~other & 0x80808080) !== 0) break;
      low = Math.imul(low ^ word, BASE.low) ^ (low >>> 15);
      high = Math.imul(high + word, BASE.high) ^ (high >>> 13);
    }
    for (; at < length && bytes[at] !== NEWLINE; at++) {
      low = Math.imul(low ^ (bytes[at] as number), BASE.low);
      high = Math.imul(high + (bytes[at] as number), BASE.high);
    }
    const size = at++ - first;
    if (size === 0) continue;
    low = (low ^ size) >>> 0;
    high >>>= 0;
    if (size >= LONG && (mix32(low) & 3) === 0) (kept ??= []).push(low, high);
    const alone = size === length;
    wholeLow = alone ? low : mix32(wholeLow) ^ low;
    wholeHigh = alone ? high : Math.imul(wholeHigh, BASE.high) + high;
  }
  return { low: wholeLow >>> 0, high: wholeHigh >>> 0, bytes: length, lines: kept ?? NONE };
}
