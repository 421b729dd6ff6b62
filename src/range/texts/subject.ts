import type { Random } from "../random.ts";
import type { Domain, Language } from "./language.ts";
import { phraseOf, type Phrase, type Piece } from "./phrase.ts";
import type { Shelf } from "./text-source.ts";

/** What one person keeps coming back to: a few things of one field, with names, places, figures and turns of phrase of their own. */
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
  /** Words put in by habit, and how often where one may stand. */
  readonly asides: readonly string[];
  readonly asideRate: number;
  /** How often a comma is set where it may be left out. */
  readonly pauseRate: number;
  /** Decides which of a template's alternatives this speaker mostly takes. */
  readonly style: number;
  /** Where first turns, follow-ups and answers come from, if not from the grammar. */
  readonly shelf?: Shelf;
}

/** Draws a subject in `language`, from `domain` or any of its fields. */
export function makeSubject(random: Random, language: Language, domain?: Domain): Subject {
  const field = domain ?? random.pick(language.domains);
  const names = [fullName(random, language), language.given(random), language.given(random)];
  const places = [language.place(random), language.place(random)];
  const shelf = random.texts?.shelf();
  return {
    language,
    domain: field,
    things: random
      .sample(field.things, random.whole(2, 4))
      .map((thing) => specify(thing, language, names, places, random)),
    aspects: random.sample(field.aspects, random.whole(3, 5)),
    kinds: random.sample(field.kinds, 2),
    names,
    places,
    pieces: random.sample(language.pieces, 3),
    days: random.sample(language.days, 3),
    count: random.whole(3, 90),
    count2: random.whole(12, 990) * random.pick([1, 1, 5, 10]),
    asides: random.sample(language.asides, 4),
    asideRate: random.pick([0.1, 0.25, 0.45]),
    pauseRate: random.pick([0.1, 0.35, 0.6]),
    style: random.whole(0, 0xffff_ffff),
    ...(shelf === undefined ? {} : { shelf }),
  };
}

/** A given name and a surname, in the language's order. */
export function fullName(random: Random, language: Language): string {
  if (language.joiner === "") return language.surname(random);
  return `${language.given(random)} ${language.surname(random)}`;
}

/** Fills `template` from the subject. `task` is itself a filled template. `capital` makes the first letter one. */
export function speak(
  template: string,
  subject: Subject,
  random: Random,
  task = "",
  capital = false,
): string {
  const things = subject.things;
  const aspects = subject.aspects;
  const thing = Math.floor(random.next() * things.length);
  const aspect = Math.floor(random.next() * aspects.length);
  const text = say(phraseOf(template), { subject, random, task, thing, aspect }, capital);
  return subject.language.repair(text);
}

interface Saying {
  readonly subject: Subject;
  readonly random: Random;
  readonly task: string;
  /** Which thing and which aspect this sentence is about. */
  readonly thing: number;
  readonly aspect: number;
}

function say(phrase: Phrase, saying: Saying, capital = false): string {
  let out = "";
  for (let i = 0; i < phrase.length; i++) {
    const piece = phrase[i] as Piece;
    const text = sayPiece(piece, saying);
    if (capital && out === "" && text !== "") out = text.charAt(0).toUpperCase() + text.slice(1);
    else out += text;
  }
  return out;
}

function sayPiece(piece: Piece, saying: Saying): string {
  if (piece.kind === "text") return piece.text;
  if (piece.kind === "slot") return fillSlot(piece.text, saying);
  if (piece.kind === "choice") return say(choose(piece.options, piece.salt, saying), saying);
  const { subject, random } = saying;
  if (piece.kind === "pause")
    return random.next() < subject.pauseRate ? subject.language.pause : "";
  return random.next() < subject.asideRate
    ? random.pick(subject.asides) + subject.language.joiner
    : "";
}

/** People have habits: four times in five the alternative they always take. */
function choose(options: readonly Phrase[], salt: number, { subject, random }: Saying): Phrase {
  const draw = random.next();
  const index =
    draw < 0.8
      ? (Math.imul(subject.style ^ salt, 0x9e3779b1) >>> 8) % options.length
      : Math.floor((draw - 0.8) * 5 * options.length);
  return options[index] as Phrase;
}

function fillSlot(name: string, saying: Saying): string {
  const { subject, random } = saying;
  switch (name) {
    case "thing":
      return subject.things[saying.thing] as string;
    case "thing2":
      return other(subject.things, saying.thing, random);
    case "aspect":
      return subject.aspects[saying.aspect] as string;
    case "aspect2":
      return other(subject.aspects, saying.aspect, random);
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
      return near(subject.count, random);
    case "count2":
      return near(subject.count2, random);
    case "stuff":
      return subject.language.stuff(random);
    case "task":
      return saying.task;
    default:
      throw new RangeError(`no slot named ${name}`);
  }
}

function other(list: readonly string[], taken: number, random: Random): string {
  if (list.length < 2) return list[taken] as string;
  const index = Math.floor(random.next() * (list.length - 1));
  return list[index < taken ? index : index + 1] as string;
}

function near(base: number, random: Random): string {
  if (random.chance(0.4)) return String(base);
  return String(Math.max(2, Math.round(base * (0.6 + 0.9 * random.next()))));
}

/** "the boiler" of one person becomes "the boiler in Kelcombe", more often than not. */
function specify(
  thing: string,
  language: Language,
  names: readonly string[],
  places: readonly string[],
  random: Random,
): string {
  if (random.chance(0.35)) return thing;
  return random
    .pick(language.specs)
    .replace("%", thing)
    .replace("{name}", () => random.pick(names.slice(1)))
    .replace("{place}", () => random.pick(places))
    .replace("{stuff}", () => language.stuff(random))
    .replace("{count}", () => String(random.whole(2, 240)));
}
