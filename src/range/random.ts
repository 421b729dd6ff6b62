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
  /** An independent source: the same parent seed and label always give the same one, whatever was drawn before. */
  fork(label: string): Random;
}

const BASE36 = "0123456789abcdefghijklmnopqrstuvwxyz";

/** Makes a source from a seed: sfc32 (Doty-Humphrey, PractRand) started from a 128-bit hash of the seed's text. */
export function makeRandom(seed: string | number): Random {
  const text = String(seed);
  const next = sfc32(hash128(text));
  const whole = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  const normal = (): number =>
    Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  const digits = (length: number, base: number): string => {
    let out = "";
    for (let i = 0; i < length; i++) out += BASE36[Math.floor(next() * base)];
    return out;
  };
  return {
    next,
    whole,
    chance: (p) => next() < p,
    pick: (list) => at(list, Math.floor(next() * list.length)),
    weighted: (list) => weighted(list, next),
    sample: (list, count) => sample(list, count, next),
    normal,
    lognormal: (median, sigma) => median * Math.exp(sigma * normal()),
    exponential: (mean) => -mean * Math.log(1 - next()),
    poisson: (mean) => poisson(mean, next, normal),
    token: (length) => digits(length, 36),
    hex: (length) => digits(length, 16),
    fork: (label) => makeRandom(`${text}/${label}`),
  };
}

function at<T>(list: readonly T[], index: number): T {
  if (list.length === 0) throw new RangeError("cannot pick from an empty list");
  return list[index] as T;
}

function weighted<T>(list: readonly (readonly [T, number])[], next: () => number): T {
  let total = 0;
  for (const [, weight] of list) total += weight;
  let left = next() * total;
  for (const [value, weight] of list) {
    left -= weight;
    if (left < 0) return value;
  }
  return at(list, list.length - 1)[0];
}

function sample<T>(list: readonly T[], count: number, next: () => number): T[] {
  const copy = list.slice();
  const size = Math.min(count, copy.length);
  for (let i = 0; i < size; i++) {
    const j = i + Math.floor(next() * (copy.length - i));
    [copy[i], copy[j]] = [copy[j] as T, copy[i] as T];
  }
  copy.length = size;
  return copy;
}

function poisson(mean: number, next: () => number, normal: () => number): number {
  if (mean > 30) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal()));
  const floor = Math.exp(-mean);
  let count = 0;
  for (let product = next(); product > floor; product *= next()) count++;
  return count;
}

function sfc32([s0, s1, s2, s3]: readonly [number, number, number, number]): () => number {
  let a = s0;
  let b = s1;
  let c = s2;
  let d = s3;
  const next = (): number => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return (t >>> 0) / 4294967296;
  };
  for (let i = 0; i < 12; i++) next();
  return next;
}

/** Four 32-bit words from a text, by multiply-and-rotate mixing; not cryptographic. */
function hash128(text: string): [number, number, number, number] {
  const h: [number, number, number, number] = [1779033703, 3144134277, 1013904242, 2773480762];
  const multipliers = [597399067, 2869860233, 951274213, 2716044179] as const;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const mixed = h.map((word, k) => {
      const turned = Math.imul(word ^ code, multipliers[k] as number);
      return (turned << (k + 11)) | (turned >>> (21 - k));
    });
    h[0] = mixed[0] as number;
    h[1] = (mixed[1] as number) ^ h[0];
    h[2] = (mixed[2] as number) ^ h[1];
    h[3] = (mixed[3] as number) ^ h[2];
  }
  return h;
}
