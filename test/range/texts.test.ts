import { describe, expect, it } from "vitest";
import { makeRandom } from "../../src/range/random.ts";
import type { Language } from "../../src/range/texts/language.ts";
import { LANGUAGES } from "../../src/range/texts/languages.ts";
import { phraseOf } from "../../src/range/texts/phrase.ts";
import { makeSubject, speak } from "../../src/range/texts/subject.ts";
import { makeVoice } from "../../src/range/texts/voice.ts";
import { writeAnswer } from "../../src/range/texts/write-answer.ts";
import { writeFollowup, writeOpening } from "../../src/range/texts/write-prompt.ts";

const BANKS = [
  "openers",
  "asks",
  "tasks",
  "facts",
  "limits",
  "followups",
  "retorts",
  "closers",
  "leads",
  "claims",
  "steps",
  "ends",
] as const satisfies readonly (keyof Language)[];

describe.each(LANGUAGES.map(([language]) => language))("in $code", (language) => {
  it("every template fills to plain words", () => {
    const random = makeRandom(`templates ${language.code}`);
    for (const bank of BANKS) {
      for (const template of language[bank]) {
        for (let i = 0; i < 12; i++) {
          const text = speak(template, makeSubject(random, language), random, "TASK");
          expect(text, template).not.toMatch(/[{}~^]|undefined/u);
          expect(text, template).not.toContain("  ");
        }
      }
    }
  });

  it("a follow-up may take up a passage of the answer it follows", () => {
    const random = makeRandom(`follow-ups ${language.code}`);
    const subject = makeSubject(random, language);
    const voice = { ...makeVoice(random, language), lowercase: false, slips: 0 };
    const quotes = Array.from({ length: 60 }, () => {
      const answer = writeAnswer(subject, random);
      const [, passage] = /[“„«「](.+?)[”“»」]/u.exec(
        writeFollowup(subject, voice, random, answer),
      ) ?? [undefined, undefined];
      return passage !== undefined && answer.includes(passage);
    });
    expect(quotes.filter(Boolean).length).toBeGreaterThan(6);
  });
});

it("alternatives may nest, and unbalanced braces are refused", () => {
  expect(phraseOf("a {b/c {thing}/} d")).toMatchObject([
    { kind: "text", text: "a " },
    {
      kind: "choice",
      options: [[{ text: "b" }], [{ text: "c " }, { kind: "slot", text: "thing" }], []],
    },
    { kind: "text", text: " d" },
  ]);
  expect(() => phraseOf("a {b/c")).toThrow(RangeError);
  expect(() => phraseOf("a }b")).toThrow(RangeError);
});

it("the same seed writes the same opening", () => {
  const write = (): string => {
    const random = makeRandom("same");
    const language = LANGUAGES[0]![0];
    return writeOpening(makeSubject(random, language), makeVoice(random, language), random);
  };
  expect(write()).toBe(write());
});
