import { expect, it } from "vitest";
import { makePerson } from "../../src/range/person.ts";
import { makeRandom } from "../../src/range/random.ts";
import type { Language } from "../../src/range/texts/language.ts";
import { LANGUAGES } from "../../src/range/texts/languages.ts";
import { firstTurns, SPAN } from "./first-turns.ts";

/** Mean cosine of hashed term counts (words, or pairs of characters where words are not spaced) weighted by rarity. */
function similarity(
  language: Language,
  people: readonly (readonly string[])[],
): { within: number; between: number } {
  const terms = (text: string): string[] =>
    language.joiner === " "
      ? (text.toLowerCase().match(/\p{L}+/gu) ?? [])
      : (text.match(/(?=(..))/gsu) ?? []).map((_empty, i) => text.slice(i, i + 2));
  const documents = people.map((texts) => texts.map((text) => new Set(terms(text))));
  const frequency = new Map<string, number>();
  for (const set of documents.flat())
    for (const term of set) frequency.set(term, (frequency.get(term) ?? 0) + 1);
  const total = documents.flat().length;
  const weight = (term: string): number => Math.log(total / (frequency.get(term) ?? 1)) ** 2;
  const norm = (set: ReadonlySet<string>): number =>
    Math.sqrt([...set].reduce((sum, term) => sum + weight(term), 0));
  const cosine = (a: ReadonlySet<string>, b: ReadonlySet<string>): number =>
    [...a].reduce((sum, term) => sum + (b.has(term) ? weight(term) : 0), 0) /
    (norm(a) * norm(b) || 1);
  const sums = { within: [0, 0], between: [0, 0] };
  documents.forEach((own, p) => {
    own.forEach((a, i) => {
      own.slice(i + 1).forEach((b) => add(sums.within, cosine(a, b)));
      const other = documents[(p + 1) % documents.length]!;
      other.forEach((b) => add(sums.between, cosine(a, b)));
    });
  });
  return {
    within: sums.within[0]! / sums.within[1]!,
    between: sums.between[0]! / sums.between[1]!,
  };
}

function add(sum: number[], value: number): void {
  sum[0]! += value;
  sum[1]! += 1;
}

it.each(LANGUAGES.map(([language]) => language))(
  "a person's messages in $code resemble each other more than a stranger's",
  (language) => {
    const people = firstTurns(language, { count: 40, each: 12, daily: 1.5 }).filter(
      (texts) => texts.length > 2,
    );
    const { within, between } = similarity(language, people);
    expect(people.length).toBeGreaterThan(20);
    expect(within).toBeGreaterThan(between + 0.03);
  },
);

it("volumes are heavy-tailed: the busiest tenth of people send over a quarter of the traffic", () => {
  const random = makeRandom("volumes");
  const daily = Array.from(
    { length: 2000 },
    () => makePerson(random, { span: SPAN }).daily,
  ).toSorted((a, b) => b - a);
  const sum = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0);
  expect(sum(daily.slice(0, 200)) / sum(daily)).toBeGreaterThan(0.25);
});
