import { BASE, mix32 } from "./mix.ts";

/** A text's UTF-8 bytes, in memory that the next text uses again. */
export interface TextBytes {
  bytes: Buffer;
  length: number;
}

/** Room for one text at a time. */
export function makeTextBytes(): TextBytes {
  return { bytes: Buffer.allocUnsafeSlow(1 << 16), length: 0 };
}

/** Puts a text's bytes into `room`. */
export function encode(room: TextBytes, text: string): void {
  if (3 * text.length > room.bytes.length) room.bytes = Buffer.allocUnsafeSlow(6 * text.length);
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
const NONE: readonly number[] = [];

/** Reads the text in `room`. Equal lines hash alike wherever they stand; the whole of a single line is that line. Complexity: linear, four bytes at a time. */
export function readText({ bytes, length }: TextBytes): Reading {
  const text = bytes.subarray(0, length);
  let [wholeLow, wholeHigh] = [0, 0];
  let kept: number[] | undefined;
  for (let at = 0; at < length;) {
    const found = text.indexOf(NEWLINE, at);
    const end = found < 0 ? length : found;
    let low = end - at;
    let high = 0x9747b28c;
    const first = at;
    for (; at + 3 < end; at += 4) {
      const word =
        (text[at] as number) |
        ((text[at + 1] as number) << 8) |
        ((text[at + 2] as number) << 16) |
        ((text[at + 3] as number) << 24);
      low = Math.imul(low ^ word, BASE.low) ^ (low >>> 15);
      high = Math.imul(high + word, BASE.high) ^ (high >>> 13);
    }
    for (; at < end; at++) {
      low = Math.imul(low ^ (text[at] as number), BASE.low);
      high = Math.imul(high + (text[at] as number), BASE.high);
    }
    at++;
    if (end === first) continue;
    if (end - first >= LONG && (mix32(low) & 3) === 0) (kept ??= []).push(low >>> 0, high >>> 0);
    const alone = first === 0 && end === length;
    wholeLow = alone ? low : mix32(wholeLow) ^ low;
    wholeHigh = alone ? high : Math.imul(wholeHigh, BASE.high) + high;
  }
  return { low: wholeLow >>> 0, high: wholeHigh >>> 0, bytes: length, lines: kept ?? NONE };
}
