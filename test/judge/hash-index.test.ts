import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HashIndex } from "../../src/judge/hash-index.ts";

const word = fc.integer({ min: 0, max: 0xffffffff });
/** Near hashes too, so that probes meet: same low word, same high word, zero. */
const hash = fc.oneof(
  fc.tuple(word, word),
  fc.tuple(fc.nat(3), fc.nat(3)),
  fc.tuple(fc.nat(50), fc.constant(0)),
);

describe("HashIndex", () => {
  it("numbers like a Map that is given the next number at each first sight", () => {
    fc.assert(
      fc.property(fc.array(hash, { maxLength: 3000, size: "max" }), (hashes) => {
        const index = new HashIndex();
        const model = new Map<string, number>();
        for (const [low, high] of hashes) {
          const name = `${low}:${high}`;
          expect(index.get(low, high)).toBe(model.get(name) ?? -1);
          if (!model.has(name)) model.set(name, model.size);
          expect(index.add(low, high)).toBe(model.get(name));
        }
        expect(index.size).toBe(model.size);
        for (const [low, high] of hashes) {
          expect(index.get(low, high)).toBe(model.get(`${low}:${high}`));
        }
      }),
      { numRuns: 25 },
    );
  });

  it("keeps its numbers while it grows far beyond what was expected", () => {
    const index = new HashIndex(4);
    for (let i = 0; i < 20_000; i++) expect(index.add(i * 16, i % 7)).toBe(i);
    for (let i = 0; i < 20_000; i += 37) expect(index.get(i * 16, i % 7)).toBe(i);
    expect(index.size).toBe(20_000);
    expect(index.get(1, 0)).toBe(-1);
  });
});
