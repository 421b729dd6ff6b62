import fc from "fast-check";
import { expect, it } from "vitest";
import { packText, TextPool, unpackTexts } from "../../src/judge/packed-text.ts";

const anyTokens = fc.uint16Array({ maxLength: 80 });

it("gives all tokens back, whatever they are, and none beyond those asked for", () => {
  fc.assert(
    fc.property(fc.array(anyTokens, { maxLength: 5 }), (all) => {
      const room = all.map((tokens) => Uint16Array.of(...tokens, 7, 0xd800));
      const packed = room.map((tokens) => packText(tokens, tokens.length - 2));
      expect(unpackTexts(packed)).toEqual(all);
    }),
  );
});

it("packs from wherever in a buffer the tokens are", () => {
  const row = Uint16Array.of(1, 2, 0xdfff, 0, 5);
  expect(unpackTexts([packText(row.subarray(1), 3)])).toEqual([Uint16Array.of(2, 0xdfff, 0)]);
});

it("knows a text again until it is cleared", () => {
  const pool = new TextPool();
  const [one, other] = [Uint16Array.of(5, 6, 7), Uint16Array.of(5, 6, 8)];
  expect(pool.pack(one, 3)).toBe(packText(one));
  expect(pool.pack(other, 2)).toBe(packText(one, 2));
  expect(pool.size).toBe(2);
  pool.pack(one, 3);
  expect(pool.size).toBe(2);
  pool.clear();
  expect(pool.size).toBe(0);
});
