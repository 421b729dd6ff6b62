import type { Random } from "../random.ts";

/** A field people ask about. Every list is of noun phrases that stand in the language's templates as they are. */
export interface Domain {
  readonly id: string;
  readonly things: readonly string[];
  readonly aspects: readonly string[];
  /** What a thing of this field may be like. */
  readonly kinds: readonly string[];
}

/** A language's phrase banks. Templates hold slots in braces: thing, thing2, aspect, aspect2, kind, name, name2, place, count, count2, day, piece, quality, task; alternatives written with slashes, which may nest; `~` where one of the speaker's asides may stand; and `^` where some put a comma. */
export interface Language {
  readonly code: string;
  readonly domains: readonly Domain[];
  readonly openers: readonly string[];
  /** Words people put in by habit. */
  readonly asides: readonly string[];
  /** What sets one person's thing apart from everyone's: `%` stands for the thing. */
  readonly specs: readonly string[];
  /** What everybody asks some day, the most frequent first: greetings, trials, set questions. */
  readonly commonplaces: readonly string[];
  /** Whole requests round {task}. */
  readonly asks: readonly string[];
  readonly tasks: readonly string[];
  /** Sentences that give the asker's circumstances. */
  readonly facts: readonly string[];
  readonly limits: readonly string[];
  readonly followups: readonly string[];
  /** Messages that take up a passage of the answer, which stands for `%`. */
  readonly retorts: readonly string[];
  readonly closers: readonly string[];
  readonly leads: readonly string[];
  readonly claims: readonly string[];
  readonly steps: readonly string[];
  readonly ends: readonly string[];
  readonly pieces: readonly string[];
  readonly qualities: readonly string[];
  readonly days: readonly string[];
  /** Between sentences: a space, or nothing in Chinese and Japanese. */
  readonly joiner: string;
  /** A comma that speakers set or leave out as they like. */
  readonly pause: string;
  readonly surname: (random: Random) => string;
  readonly given: (random: Random) => string;
  readonly place: (random: Random) => string;
  /** One of some thousand small things of daily life, as a noun phrase that needs no more in this language's templates. */
  readonly stuff: (random: Random) => string;
  /** Contractions and other repairs after the slots are filled. */
  readonly repair: (text: string) => string;
}

/** Splits a phrase bank written as one text, phrases separated by `|`. */
export function bank(text: string): readonly string[] {
  return text
    .split("|")
    .map((phrase) => phrase.trim())
    .filter((phrase) => phrase !== "");
}

/** A field from three banks. */
export function domain(id: string, things: string, aspects: string, kinds: string): Domain {
  return { id, things: bank(things), aspects: bank(aspects), kinds: bank(kinds) };
}
