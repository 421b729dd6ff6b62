import type { Random } from "../random.ts";

/** A field people ask about. Every list is of noun phrases that stand in the language's templates as they are. */
export interface Domain {
  readonly id: string;
  readonly things: readonly string[];
  readonly aspects: readonly string[];
  /** What a thing of this field may be like. */
  readonly kinds: readonly string[];
}

/** A language's phrase banks. Templates hold slots in braces: thing, thing2, aspect, aspect2, kind, name, name2, place, count, count2, day, piece, quality, task, or alternatives written with slashes. */
export interface Language {
  readonly code: string;
  readonly domains: readonly Domain[];
  readonly openers: readonly string[];
  /** Whole requests round {task}. */
  readonly asks: readonly string[];
  readonly tasks: readonly string[];
  /** Sentences that give the asker's circumstances. */
  readonly facts: readonly string[];
  readonly limits: readonly string[];
  readonly followups: readonly string[];
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
  readonly surname: (random: Random) => string;
  readonly given: (random: Random) => string;
  readonly place: (random: Random) => string;
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

const compiled = new Map<string, readonly string[]>();

/** Fills a template's slots, left to right. */
export function fill(template: string, slot: (name: string) => string): string {
  let parts = compiled.get(template);
  if (parts === undefined) {
    parts = template.split(/[{}]/);
    compiled.set(template, parts);
  }
  let out = "";
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i] as string;
    out += i % 2 === 0 ? part : slot(part);
  }
  return out;
}
