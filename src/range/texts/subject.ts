import type { Random } from "../random.ts";
import { fill, type Domain, type Language } from "./language.ts";

/** What one person keeps coming back to: a few things of one field, with names, places and figures of their own. */
export interface Subject {
  readonly language: Language;
  readonly domain: Domain;
  readonly things: readonly string[];
  readonly aspects: readonly string[];
  readonly kinds: readonly string[];
  readonly names: readonly string[];
  readonly places: readonly string[];
  readonly pieces: readonly string[];
  readonly days: readonly string[];
  readonly count: number;
  readonly count2: number;
}

/** Draws a subject in `language`, from `domain` or any of its fields. */
export function makeSubject(random: Random, language: Language, domain?: Domain): Subject {
  const field = domain ?? random.pick(language.domains);
  return {
    language,
    domain: field,
    things: random.sample(field.things, random.whole(2, 4)),
    aspects: random.sample(field.aspects, random.whole(3, 5)),
    kinds: random.sample(field.kinds, 2),
    names: [fullName(random, language), language.given(random), language.given(random)],
    places: [language.place(random), language.place(random)],
    pieces: random.sample(language.pieces, 3),
    days: random.sample(language.days, 3),
    count: random.whole(3, 90),
    count2: random.whole(12, 990) * random.pick([1, 1, 5, 10]),
  };
}

/** A given name and a surname, in the language's order. */
export function fullName(random: Random, language: Language): string {
  if (language.joiner === "") return language.surname(random);
  return `${language.given(random)} ${language.surname(random)}`;
}

/** Fills `template` from the subject. `task` is itself a filled template. */
export function speak(template: string, subject: Subject, random: Random, task = ""): string {
  const near = (base: number): string =>
    String(random.chance(0.4) ? base : Math.max(2, Math.round(base * (0.6 + 0.9 * random.next()))));
  const thing = random.pick(subject.things);
  const aspect = random.pick(subject.aspects);
  const other = (list: readonly string[], taken: string): string => {
    const rest = list.filter((entry) => entry !== taken);
    return rest.length > 0 ? random.pick(rest) : taken;
  };
  const text = fill(template, (slot) => {
    switch (slot) {
      case "thing":
        return thing;
      case "thing2":
        return other(subject.things, thing);
      case "aspect":
        return aspect;
      case "aspect2":
        return other(subject.aspects, aspect);
      case "kind":
        return random.pick(subject.kinds);
      case "name":
        return random.pick(subject.names);
      case "name2":
        return subject.names[2] ?? "";
      case "place":
        return random.pick(subject.places);
      case "piece":
        return random.pick(subject.pieces);
      case "day":
        return random.pick(subject.days);
      case "quality":
        return random.pick(subject.language.qualities);
      case "count":
        return near(subject.count);
      case "count2":
        return near(subject.count2);
      case "task":
        return task;
      default:
        if (slot.includes("/")) return random.pick(alternatives(slot));
        throw new RangeError(`no slot named ${slot} in "${template}"`);
    }
  });
  return subject.language.repair(text);
}

const choices = new Map<string, readonly string[]>();

/** A slot such as `a/b/c` stands for one of its parts, which may be empty. */
function alternatives(slot: string): readonly string[] {
  let parts = choices.get(slot);
  if (parts === undefined) choices.set(slot, (parts = slot.split("/")));
  return parts;
}
