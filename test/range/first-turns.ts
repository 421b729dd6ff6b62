import { mergeByTime } from "../../src/range/merge-by-time.ts";
import { makePerson, personActor } from "../../src/range/person.ts";
import { makeRandom } from "../../src/range/random.ts";
import type { Language } from "../../src/range/texts/language.ts";
import { DAY, type Span } from "../../src/range/world.ts";

/** A fortnight. */
export const SPAN: Span = { from: Date.UTC(2026, 10, 1), until: Date.UTC(2026, 10, 1) + 14 * DAY };

/** Up to `each` first messages of `count` people of one language, by person; people who sent none are left out. */
export function firstTurns(
  language: Language,
  { count, each, daily }: { count: number; each: number; daily: number },
): string[][] {
  const random = makeRandom(`first turns ${language.code}`);
  const crowd = Array.from({ length: count }, (_unused, index) => {
    const person = makePerson(random, { span: SPAN, language, daily });
    const out: string[] = [];
    for (const { draft } of mergeByTime([personActor(person, SPAN, random.fork(String(index)))])) {
      if (draft.messages.length === 1) out.push(draft.messages[0]!.text);
    }
    return out.slice(0, each);
  });
  return crowd.filter((own) => own.length > 0);
}
