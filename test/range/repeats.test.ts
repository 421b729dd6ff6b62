import { expect, it } from "vitest";
import { LANGUAGES } from "../../src/range/texts/languages.ts";
import { measureRepeats, sampledShingles, wordsOf } from "../../src/range/texts/measure-repeats.ts";
import { firstTurns } from "./first-turns.ts";

/** Most that may be shared, in per cent. In Japanese, whose words are taken three characters at a time, set endings alone make five. */
const LIMITS: Readonly<Record<string, { readonly crowd: number; readonly linked: number }>> = {
  en: { crowd: 7, linked: 0.2 },
  es: { crowd: 9, linked: 0.3 },
  de: { crowd: 10, linked: 0.35 },
  zh: { crowd: 6, linked: 0.2 },
  ja: { crowd: 16, linked: 0.8 },
};

it.each(LANGUAGES.map(([language]) => language))(
  "unrelated people do not repeat each other in $code",
  (language) => {
    const repeats = measureRepeats(firstTurns(language, { count: 700, each: 3, daily: 0.2 }));
    const limits = LIMITS[language.code]!;
    expect(repeats.people).toBeGreaterThan(500);
    expect(100 * repeats.shinglesCrowd).toBeLessThan(limits.crowd);
    expect(100 * repeats.linkedPairs).toBeLessThan(limits.linked);
  },
);

it.each(LANGUAGES.map(([language]) => language))(
  "a few first turns are what others send too: greetings, trials, set questions, in $code",
  (language) => {
    const { textsCrowd, textsPair } = measureRepeats(
      firstTurns(language, { count: 700, each: 3, daily: 0.2 }),
    );
    expect(textsCrowd).toBeGreaterThan(0.01);
    expect(textsCrowd).toBeLessThan(0.05);
    expect(textsPair).toBeLessThan(0.001);
  },
);

it("takes words as the intake does, and three characters at a time where words are not spaced", () => {
  expect(wordsOf("Don't: Fix 2 beds")).toEqual(["don", "t", "fix", "2", "beds"]);
  expect(wordsOf("修理水壶 now")).toEqual(["修理水", "理水壶", "now"]);
});

it("keeps the same shingles of equal passages, wherever they stand", () => {
  const passage = "the cold frame by the old wall needs new glass before the first frost in autumn";
  const kept = sampledShingles(passage);
  const within = sampledShingles(`Hello there. ${passage}. Thanks`);
  expect(kept.length).toBeGreaterThan(0);
  for (const shingle of kept) expect(within).toContain(shingle);
});

it("counts what two people share, and what anyone of a crowd does", () => {
  const repeats = measureRepeats([["hello", "one two three"], ["Hello!"], ["something else"]]);
  expect(repeats.textsPair).toBeCloseTo((1 / 4 + 1 / 2 + 0) / 3);
  expect(repeats.textsCrowd).toBeCloseTo((1 / 2 + 1 + 0) / 3);
});
