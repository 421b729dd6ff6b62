import { describe, expect, it } from "vitest";
import { encode, makeTextBytes, readText, type Reading } from "../../src/range/direct/read-text.ts";
import { makeWords, scanWords } from "../../src/range/direct/scan-words.ts";
import { makeRandom } from "../../src/range/random.ts";
import { LANGUAGES } from "../../src/range/texts/languages.ts";
import { wordsOf } from "../../src/range/texts/measure-repeats.ts";
import { makeSubject } from "../../src/range/texts/subject.ts";
import { writeAnswer } from "../../src/range/texts/write-answer.ts";

const room = makeTextBytes();
const words = makeWords();

function hashesOf(text: string): number[] {
  encode(room, text);
  scanWords(words, room, text, 7);
  return [...words.hashes.subarray(0, words.count)];
}

function reading(text: string): Reading {
  encode(room, text);
  return readText(room);
}

describe.each(LANGUAGES.map(([language]) => language))("words in $code", (language) => {
  it("hash alike where they are alike, and no others do", () => {
    const random = makeRandom(`words ${language.code}`);
    const known = new Map<string, number>();
    for (let i = 0; i < 60; i++) {
      const text = writeAnswer(makeSubject(random, language), random).replaceAll(
        /[^\p{L}\p{N}]+/gu,
        " ",
      );
      // `wordsOf` gives words and runs as they come; here, as in the intake, runs come last.
      const expected = new Set(wordsOf(text));
      const found = new Set(hashesOf(text));
      expect(found.size).toBe(expected.size);
      for (const word of expected) {
        const hash = hashesOf(word)[0] as number;
        expect(found.has(hash)).toBe(true);
        expect(known.get(word) ?? hash).toBe(hash);
        known.set(word, hash);
      }
    }
    expect(new Set(known.values()).size).toBe(known.size);
  });
});

it("a line hashes alike wherever it stands, and so does the whole of a single line", () => {
  const long = (i: number): string =>
    `${i} ${"the boiler in Kelcombe leaks again ".repeat(3)}`.trim();
  const alone = Array.from({ length: 80 }, (_unused, i) => reading(long(i)));
  const kept = alone.filter(({ lines }) => lines.length > 0);
  expect(kept.length).toBeGreaterThan(8);
  expect(kept.length).toBeLessThan(36);
  for (const { low, high, lines } of kept) expect(lines).toEqual([low, high]);
  const together = reading(
    `Somebody was told this:\n\n${alone.map((_one, i) => long(i)).join("\n")}`,
  );
  expect(together.lines).toEqual(kept.flatMap(({ lines }) => lines));
  expect(new Set(alone.map(({ low, high }) => `${low} ${high}`)).size).toBe(80);
});
