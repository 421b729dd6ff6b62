import type { TextSource } from "./texts/text-source.ts";

/** A seeded source of randomness. Everything the range draws comes from one of these, so that the same seed gives the same bytes. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform whole number in [low, high], both included. */
  whole(low: number, high: number): number;
  /** True with probability `p`. */
  chance(p: number): boolean;
  /** One element, uniformly. Throws on an empty list. */
  pick<T>(list: readonly T[]): T;
  /** One element by weight, in O(n). */
  weighted<T>(list: readonly (readonly [T, number])[]): T;
  /** Up to `count` distinct elements in random order. */
  sample<T>(list: readonly T[], count: number): T[];
  /** Standard normal (Box–Muller). */
  normal(): number;
  /** exp(ln(median) + sigma·normal). */
  lognormal(median: number, sigma: number): number;
  /** Exponential with the given mean. */
  exponential(mean: number): number;
  /** Poisson count: by multiplication below a mean of 30, by the normal approximation above. */
  poisson(mean: number): number;
  /** `length` characters of base 36. */
  token(length: number): string;
  /** `length` hexadecimal digits. */
  hex(length: number): string;
  /** Where the world's words come from, if not from the grammars (`--texts`). */
  readonly texts: TextSource | undefined;
  /** An independent source: the same parent seed and label always give the same one, whatever was drawn before. */
  fork(label: string): Random;
}

const BASE36 = "0123456789abcdefghijklmnopqrstuvwxyz";

/** Makes a source from a seed: sfc32 (Doty-Humphrey, PractRand) started from a 128-bit hash of the seed's text. `texts` goes to all its forks. */
export function makeRandom(seed: string | number, texts?: TextSource): Random {
  return new Sfc32(String(seed), texts);
}

/** A class for its four words of state: one closure a method would cost a kilobyte a source, and there is one for every actor. */
class Sfc32 implements Random {
  readonly texts: TextSource | undefined;
  // TypeScript's privacy, not the language's own: a draw takes half the time.
  private readonly seed: string;
  private a = 0;
  private b = 0;
  private c = 0;
  private d = 0;

  constructor(seed: string, texts: TextSource | undefined) {
    this.seed = seed;
    this.texts = texts;
    [this.a, this.b, this.c, this.d] = hash128(seed);
    for (let i = 0; i < 12; i++) this.next();
  }

  next(): number {
    const { a, b, c, d } = this;
    const t = (((a + b) | 0) + d) | 0;
    this.d = (d + 1) | 0;
    this.a = b ^ (b >>> 9);
    this.b = (c + (c << 3)) | 0;
    this.c = (((c << 21) | (c >>> 11)) + t) | 0;
    return (t >>> 0) / 4294967296;
  }

  whole(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  chance(p: number): boolean {
    return this.next() < p;
  }

  pick<T>(list: readonly T[]): T {
    return at(list, Math.floor(this.next() * list.length));
  }

  weighted<T>(list: readonly (readonly [T, number])[]): T {
    let total = 0;
    for (const [, weight] of list) total += weight;
    let left = this.next() * total;
    for (const [value, weight] of list) {
      left -= weight;
      if (left < 0) return value;
    }
    return at(list, list.length - 1)[0];
  }

  sample<T>(list: readonly T[], count: number): T[] {
    const copy = list.slice();
    const size = Math.min(count, copy.length);
    for (let i = 0; i < size; i++) {
      const j = i + Math.floor(this.next() * (copy.length - i));
      const other = copy[j] as T;
      copy[j] = copy[i] as T;
      copy[i] = other;
    }
    copy.length = size;
    return copy;
  }

  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next());
  }

  lognormal(median: number, sigma: number): number {
    return median * Math.exp(sigma * this.normal());
  }

  exponential(mean: number): number {
    return -mean * Math.log(1 - this.next());
  }

  poisson(mean: number): number {
    if (mean > 30) return Math.max(0, Math.round(mean + Math.sqrt(mean) * this.normal()));
    const floor = Math.exp(-mean);
    let count = 0;
    for (let product = this.next(); product > floor; product *= this.next()) count++;
    return count;
  }

  token(length: number): string {
    let out = "";
    for (let i = 0; i < length; i++) out += BASE36[Math.floor(this.next() * 36)];
    return out;
  }

  hex(length: number): string {
    let out = "";
    for (let i = 0; i < length; i++) out += BASE36[Math.floor(this.next() * 16)];
    return out;
  }

  fork(label: string): Random {
    return new Sfc32(`${this.seed}/${label}`, this.texts);
  }
}

function at<T>(list: readonly T[], index: number): T {
  if (list.length === 0) throw new RangeError("cannot pick from an empty list");
  return list[index] as T;
}

/** Four 32-bit words from a text, by multiply-and-rotate mixing; not cryptographic. */
function hash128(text: string): [number, number, number, number] {
  let a = 1779033703;
  let b = 3144134277;
  let c = 1013904242;
  let d = 2773480762;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = turn(Math.imul(a ^ code, 597399067), 11);
    b = turn(Math.imul(b ^ code, 2869860233), 12) ^ a;
    c = turn(Math.imul(c ^ code, 951274213), 13) ^ b;
    d = turn(Math.imul(d ^ code, 2716044179), 14) ^ c;
  }
  return [a, b, c, d];
}

function turn(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}
