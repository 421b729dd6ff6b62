/** Two 32-bit halves of a fingerprint, written into by whoever makes one: an object each would be garbage. */
export interface Print {
  low: number;
  high: number;
}

/** Multipliers of the two polynomials that a text is hashed with, one a half. */
export const BASE = { low: 0x9e3779b1, high: 0x5bd1e995 } as const;

/** Mixes a 32-bit number so that every bit depends on every bit (the finalizer of MurmurHash3). */
export function mix32(value: number): number {
  let h = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Makes a keyed 64-bit fingerprint of two halves and a tag that says what they are of. */
export function seal(out: Print, secret: Print, low: number, high: number, tag: number): Print {
  const a = mix32(low ^ Math.imul(tag + 1, 0x9e3779b1) ^ secret.low);
  const b = mix32(high ^ a ^ secret.high);
  out.low = mix32(a ^ Math.imul(b, 0x27d4eb2f));
  out.high = b;
  return out;
}

/** The polynomial hashes of a short string. */
export function hashString(out: Print, text: string): Print {
  let [low, high] = [text.length | 0, 0x9747b28c | 0];
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    low = Math.imul(low, BASE.low) + unit;
    high = Math.imul(high, BASE.high) + unit;
  }
  out.low = low >>> 0;
  out.high = high >>> 0;
  return out;
}
