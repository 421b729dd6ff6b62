import { sharedWords, wordsOf } from "./shared-words.ts";
import { LEAST_COMMON } from "./side-by-side.ts";

/** What several texts have word for word, in order, and what each says in between. */
export interface Skeleton {
  /** Places in the list of texts of those that fill it. */
  readonly filledBy: readonly number[];
  /** Common words; between each two of these runs, before the first and after the last there is a slot. */
  readonly fixed: readonly (readonly string[])[];
  /** By text and slot, the words that stand there: one slot more than there are runs. */
  readonly fills: readonly (readonly (readonly string[])[])[];
}

/** A text that fills a skeleton: by place of a word in the skeleton's own text, its place in this one. */
interface Joined {
  readonly at: number;
  readonly places: ReadonlyMap<number, number>;
}

/** Common runs of fewer words between two slots are taken for chance (`the`, `of a`). */
const LEAST_RUN = 3;
/** A run of so many words in common is a template, however long what is put into it. */
const TELLING_RUN = 8;

/**
 * The skeletons that the texts fill, each text one at most: that of the first text and those like it, then that of the
 * first of the rest, and so on; those of most texts first. O(texts² × words²).
 */
export function skeletonsOf(texts: readonly string[]): readonly Skeleton[] {
  const all = texts.map(wordsOf);
  const found: Skeleton[] = [];
  let left: readonly number[] = [...all.keys()];
  while (left.length > 1) {
    const next = filling(all, left);
    if (next !== undefined) found.push(next);
    const taken = next?.filledBy ?? left.slice(0, 1);
    left = left.filter((at) => !taken.includes(at));
  }
  return found.toSorted((a, b) => b.filledBy.length - a.filledBy.length);
}

/** The skeleton of the first of these texts and those like it: each joins if enough stays common to all. */
function filling(
  all: readonly (readonly string[])[],
  among: readonly number[],
): Skeleton | undefined {
  const text = all[among[0]!]!;
  let common = new Set(text.keys());
  const joined: Joined[] = [];
  for (const at of among) {
    const places = new Map(sharedWords(text, all[at]!));
    const left = withoutChance(common.intersection(new Set(places.keys())), text.length);
    const enough =
      left.size > 0 && left.size >= LEAST_COMMON * Math.min(text.length, all[at]!.length);
    if (!enough && longestRun(left) < TELLING_RUN) continue;
    common = left;
    joined.push({ at, places });
  }
  if (joined.length < 2) return undefined;
  const runs = runsOf(common).flatMap((run) => unbroken(run, joined));
  return {
    filledBy: joined.map(({ at }) => at),
    fixed: runs.map((run) => run.map((word) => text[word]!)),
    fills: joined.map(({ at, places }) => fillsOf(all[at]!, runs, places)),
  };
}

function withoutChance(common: ReadonlySet<number>, length: number): Set<number> {
  const kept = runsOf(common).filter(
    (run) => run.length >= LEAST_RUN || run[0] === 0 || run.at(-1) === length - 1,
  );
  return new Set(kept.flat());
}

function longestRun(places: ReadonlySet<number>): number {
  return Math.max(0, ...runsOf(places).map(({ length }) => length));
}

/** Consecutive places in runs, ascending. */
function runsOf(places: ReadonlySet<number>): readonly (readonly number[])[] {
  const runs: number[][] = [];
  for (const place of [...places].toSorted((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last?.at(-1) === place - 1) last.push(place);
    else runs.push([place]);
  }
  return runs;
}

/** The parts of a run that are consecutive in every text. */
function unbroken(
  run: readonly number[],
  texts: readonly Joined[],
): readonly (readonly number[])[] {
  const parts: number[][] = [];
  for (const place of run) {
    const last = parts.at(-1);
    const goesOn = texts.every(({ places }) => places.get(place) === places.get(place - 1)! + 1);
    if (last !== undefined && goesOn) last.push(place);
    else parts.push([place]);
  }
  return parts;
}

/** What a text says before, between and after the runs, whose words have these places in it. */
function fillsOf(
  text: readonly string[],
  runs: readonly (readonly number[])[],
  places: ReadonlyMap<number, number>,
): readonly (readonly string[])[] {
  const ends = runs.map((run) => [places.get(run[0]!)!, places.get(run.at(-1)!)! + 1] as const);
  const from = [0, ...ends.map(([, end]) => end)];
  const to = [...ends.map(([start]) => start), text.length];
  return from.map((start, slot) => text.slice(start, to[slot]));
}
