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
    wordiness: random.lognormal(1.4, 0.7),
    lowercase: language.joiner === " " && random.chance(0.18),
    slips: language.joiner === " " && random.chance(0.3) ? 0.004 + 0.02 * random.next() : 0,
  };
}

/** Applies the voice's surface habits to a text. */
export function utter(text: string, voice: Voice, random: Random): string {
  let out = voice.lowercase ? text.toLowerCase() : text;
  if (voice.slips > 0) out = slip(out, voice.slips, random);
  return out;
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
