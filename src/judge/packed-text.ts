import { Buffer } from "node:buffer";

/** Tokens as a string of as many 16-bit units: no more than these and a head, where a typed array is two objects and a buffer. */
export type PackedText = string;

/** Packs the first `count` tokens. O(tokens). */
export function packText(tokens: Uint16Array, count = tokens.length): PackedText {
  return Buffer.from(tokens.buffer, tokens.byteOffset, 2 * count).toString("utf16le");
}

/** The tokens of packed texts, as views of one array. O(tokens). */
export function unpackTexts(texts: readonly PackedText[]): readonly Uint16Array[] {
  const all = new Uint16Array(texts.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  return texts.map((text) => {
    const start = end;
    for (let i = 0; i < text.length; i++) all[end++] = text.charCodeAt(i);
    return all.subarray(start, end);
  });
}

/** Packs texts, those alike as one string until it is cleared: a row's lineages share it, and so does what is asked again. */
export class TextPool {
  readonly #texts = new Map<PackedText, PackedText>();

  /** Packs the first `count` tokens. O(tokens). */
  pack(tokens: Uint16Array, count: number): PackedText {
    const text = packText(tokens, count);
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    this.#texts.set(text, text);
    return text;
  }

  /** How many different texts it has packed. */
  get size(): number {
    return this.#texts.size;
  }

  clear(): void {
    this.#texts.clear();
  }
}
