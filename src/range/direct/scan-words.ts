import { mix32 } from "./mix.ts";
import type { TextBytes } from "./read-text.ts";

/** The words of a text as the intake takes them, hashed: `hashes` up to `count`. Filled anew by every scan. */
export interface Words {
  readonly hashes: Uint32Array;
  count: number;
  /** 1 Latin and others, 2 Han, 3 Kana, 4 Hangul: as in `exchanges.script`. */
  script: number;
}

/** Words of the longest text that is sketched: 24,000 bytes. */
const MOST = 24_576;
const SEED = 0x811c9dc5;
const PRIME = 0x01000193;
/** ASCII: 0 a separator, otherwise the code unit in lower case. */
const ASCII = Uint8Array.from({ length: 128 }, (_unused, unit) => {
  const letter = String.fromCharCode(unit);
  return /[A-Za-z0-9]/.test(letter) ? letter.toLowerCase().charCodeAt(0) : unit < 32 ? unit : 0;
});
for (const blank of [9, 10, 11, 12, 13]) ASCII[blank] = 0;

/** Room for the words of one text at a time. */
export function makeWords(): Words {
  return { hashes: new Uint32Array(2 * MOST), count: 0, script: 1 };
}

/**
 * Splits at ASCII white space and punctuation, lower-cased; runs of Han, Kana and Hangul, after all other words, into
 * pieces of three characters. `room` holds the text's bytes; `secret` keys the hashes. Complexity: linear.
 */
export function scanWords(words: Words, room: TextBytes, text: string, secret: number): void {
  words.script = 1;
  if (room.length === text.length) words.count = scanAscii(words.hashes, room, secret);
  else scanOthers(words, text, secret);
}

function scanAscii(hashes: Uint32Array, { bytes, length }: TextBytes, secret: number): number {
  let [hash, count] = [SEED, 0];
  for (let i = 0; i < length; i++) {
    const letter = ASCII[bytes[i] as number] as number;
    if (letter !== 0) hash = Math.imul(hash ^ letter, PRIME);
    else if (hash !== SEED) {
      if (count < MOST) hashes[count++] = mix32(hash ^ secret);
      hash = SEED;
    }
  }
  if (hash !== SEED && count < MOST) hashes[count++] = mix32(hash ^ secret);
  return count;
}

function scanOthers(words: Words, text: string, secret: number): void {
  const { hashes } = words;
  const runs: number[] = [];
  let [hash, count] = [SEED, 0];
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    const unspaced = unit >= 0x1100 && isUnspaced(unit);
    if (unspaced) {
      words.script = Math.max(words.script, scriptOf(unit));
      runs.push(unit);
    } else if (runs.length > 0 && runs.at(-1) !== 0) runs.push(0);
    const letter = unspaced ? 0 : unit < 128 ? (ASCII[unit] as number) : lowerOf(unit);
    if (letter !== 0) hash = Math.imul(hash ^ letter, PRIME);
    else if (hash !== SEED) {
      if (count < MOST) hashes[count++] = mix32(hash ^ secret);
      hash = SEED;
    }
  }
  if (hash !== SEED && count < MOST) hashes[count++] = mix32(hash ^ secret);
  words.count = runs.length === 0 ? count : pushRuns(hashes, count, runs, secret);
}

/** Latin letters with marks in lower case; all others as they are. */
function lowerOf(unit: number): number {
  return unit >= 0xc0 && unit <= 0xde && unit !== 0xd7 ? unit + 32 : unit;
}

/** Three characters at a time of every run; a shorter run whole. Runs end in a zero. */
function pushRuns(hashes: Uint32Array, from: number, runs: number[], secret: number): number {
  let count = from;
  runs.push(0);
  for (let start = 0, end = 0; end < runs.length && count < MOST; end++) {
    if (runs[end] !== 0) continue;
    const grams = end === start ? 0 : Math.max(1, end - start - 2);
    for (let i = 0; i < grams && count < MOST; i++) {
      let hash = SEED;
      for (let j = start + i; j < Math.min(end, start + i + 3); j++)
        hash = Math.imul(hash ^ (runs[j] as number), PRIME);
      hashes[count++] = mix32(hash ^ secret);
    }
    start = end + 1;
  }
  return count;
}

/** Han, Kana and Hangul by script: marks that Kana shares with others don't count. */
function isUnspaced(unit: number): boolean {
  return (
    (unit >= 0x4e00 && unit <= 0x9fff) ||
    (unit >= 0x3041 && unit <= 0x3096) ||
    (unit >= 0x30a1 && unit <= 0x30fa) ||
    (unit >= 0x3400 && unit <= 0x4dbf) ||
    (unit >= 0xac00 && unit <= 0xd7a3) ||
    (unit >= 0xf900 && unit <= 0xfaff) ||
    (unit >= 0x1100 && unit <= 0x11ff) ||
    (unit >= 0x3005 && unit <= 0x3007)
  );
}

function scriptOf(unit: number): number {
  if (unit >= 0x3041 && unit <= 0x30fa) return 3;
  return unit >= 0xac00 && unit <= 0xd7a3 ? 4 : 2;
}
