import { sharedWords, wordsOf } from "./shared-words.ts";

/** A run of words that both texts have, or that only this one has. */
export interface Run {
  readonly text: string;
  readonly differs: boolean;
}

/** Of what differs and of what is common, how many words are shown. */
const DIFFERING_SHOWN = 40;
const COMMON_SHOWN = 8;
/** Texts with less than this share of the shorter one's words in common are two texts, not a skeleton with a variable part. */
export const LEAST_COMMON = 0.3;

/**
 * Two texts in runs of common and differing words (longest common subsequence), long runs cut to their ends. Only
 * their beginnings, nothing marked, where they have too little in common. O(240²).
 */
export function sideBySide(left: string, right: string): readonly [readonly Run[], readonly Run[]] {
  const [a, b] = [wordsOf(left), wordsOf(right)];
  const places = sharedWords(a, b);
  if (places.length < LEAST_COMMON * Math.min(a.length, b.length))
    return [beginning(a), beginning(b)];
  return [runs(a, new Set(places.map(([at]) => at))), runs(b, new Set(places.map(([, at]) => at)))];
}

/** The two texts, by place, that have most words in common for their length; the first two of several. O(texts² × words). */
export function mostAlike(texts: readonly string[]): readonly [number, number] {
  const bags = texts.map((text) => new Set(wordsOf(text)));
  let [best, most] = [[0, 1] as readonly [number, number], -1];
  for (let i = 0; i < bags.length; i++) {
    for (let j = i + 1; j < bags.length; j++) {
      const common =
        bags[i]!.intersection(bags[j]!).size / Math.max(1, bags[i]!.union(bags[j]!).size);
      if (common > most) [best, most] = [[i, j], common];
    }
  }
  return best;
}

/** A run of words in one line; `shown` of each end where it is longer. */
export function endsOf(run: readonly string[], shown: number): string {
  if (run.length <= 2 * shown + 2) return run.join(" ");
  return `${run.slice(0, shown).join(" ")} … ${run.slice(-shown).join(" ")}`;
}

/** The first words of a run in one line. */
export function beginningOf(run: readonly string[]): string {
  const shown = run.slice(0, DIFFERING_SHOWN).join(" ");
  return run.length > DIFFERING_SHOWN + 2 ? `${shown} …` : run.join(" ");
}

function beginning(text: readonly string[]): readonly Run[] {
  return [{ text: beginningOf(text), differs: false }];
}

function runs(text: readonly string[], common: ReadonlySet<number>): readonly Run[] {
  const found: { readonly words: string[]; readonly differs: boolean }[] = [];
  for (const [at, word] of text.entries()) {
    const differs = !common.has(at);
    const last = found.at(-1);
    if (last?.differs === differs) last.words.push(word);
    else found.push({ words: [word], differs });
  }
  return found.map(({ words, differs }) => ({
    text: differs ? beginningOf(words) : endsOf(words, COMMON_SHOWN),
    differs,
  }));
}
