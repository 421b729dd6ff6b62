import type { Random } from "../random.ts";
import type { Language } from "./language.ts";

/** How one person writes: a small choice from the language's banks, and habits. Probabilities are per message. */
export interface Voice {
  readonly openers: readonly string[];
  readonly asks: readonly string[];
  readonly limits: readonly string[];
  readonly followups: readonly string[];
  readonly closers: readonly string[];
  readonly greets: number;
  readonly thanks: number;
  readonly limited: number;
  /** Chance that a first message is one that everybody sends some day: a greeting, a trial, a set question. */
  readonly commonplace: number;
  /** Chance that a first message carries rows pasted from a table. */
  readonly pastes: number;
  /** Mean number of sentences of circumstances in a first message. */
  readonly wordiness: number;
  readonly lowercase: boolean;
  /** Chance that a word is mistyped. */
  readonly slips: number;
}

/** Draws a voice. */
export function makeVoice(random: Random, language: Language): Voice {
  return {
    openers: random.sample(language.openers, random.whole(1, 4)),
    asks: random.sample(language.asks, random.whole(4, 9)),
    limits: random.sample(language.limits, random.whole(2, 5)),
    followups: random.sample(language.followups, random.whole(6, 12)),
    closers: random.sample(language.closers, random.whole(1, 2)),
    greets: random.pick([0, 0.1, 0.4, 0.9]),
    thanks: random.pick([0, 0, 0.1, 0.5]),
    limited: random.pick([0.1, 0.3, 0.6]),
    commonplace: random.weighted([
      [0, 6],
      [0.01, 4],
      [0.05, 2],
      [0.2, 1],
    ] as const),
    pastes: random.pick([0, 0, 0.04, 0.2]),
    wordiness: random.lognormal(1.4, 0.7),
    lowercase: language.joiner === " " && random.chance(0.18),
    slips: language.joiner === " " && random.chance(0.3) ? 0.004 + 0.02 * random.next() : 0,
  };
}

/** Applies the voice's surface habits to a text. */
export function utter(text: string, voice: Voice, random: Random): string {
  const out = voice.lowercase ? text.toLowerCase() : text;
  return voice.slips > 0 ? slip(out, voice.slips, random) : out;
}

/** Swaps two neighbouring letters in some words. */
function slip(text: string, rate: number, random: Random): string {
  return text
    .split(" ")
    .map((word) => {
      if (word.length < 5 || !random.chance(rate * 4)) return word;
      const at = random.whole(1, word.length - 3);
      return word.slice(0, at) + (word[at + 1] ?? "") + (word[at] ?? "") + word.slice(at + 2);
    })
    .join(" ");
}
