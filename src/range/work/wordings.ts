import type { Random } from "../random.ts";

/** A framing text as a grammar: the variants of each sentence, in order. Slots in braces hold alternatives divided by slashes, double brackets stand for braces; a sentence with an empty variant may be left out. */
export type Framing = readonly (readonly string[])[];

/** Splits a grammar written as lines of variants divided by `|`. */
export function framing(text: string): Framing {
  return text
    .trim()
    .split("\n")
    .map((line) => line.split("|").map((variant) => variant.trim()));
}

/** Writes one wording. Sentences are joined by `joiner`. */
export function writeWording(random: Random, grammar: Framing, joiner = " "): string {
  return grammar
    .map((variants) =>
      random
        .pick(variants)
        .replaceAll(/\{([^}]*)\}/g, (_slot, choices: string) => random.pick(choices.split("/")))
        .replaceAll("[[", "{")
        .replaceAll("]]", "}"),
    )
    .filter((sentence) => sentence !== "")
    .join(joiner);
}

/** Deals what `write` makes: `count` of them drawn once, or a new one each time where `count` is 0. */
export function makeVariants<T>(
  random: Random,
  write: (random: Random) => T,
  count: number,
): () => T {
  if (count === 0) return () => write(random);
  const drawn = Array.from({ length: count }, () => write(random));
  return () => random.pick(drawn);
}

/** Deals wordings of a grammar, `count` of them or a new one each time. */
export function makeWordings(random: Random, grammar: Framing, count: number): () => string {
  return makeVariants(random, (source) => writeWording(source, grammar), count);
}
