import type { SampledExchange } from "./slice.ts";

/** Conversations of an account that are compared: the same number of everyone, so that chance plays equally. */
export const COMPARED = 16;
/** Words that more of an account's conversations share are its own skeleton, and are left out. */
const OWN_SHARE = 0.2;
const LEAST_WORDS = 3;
/** Share of the conversations that must have words left. */
const LEAST_LEFT = 0.6;

/** How much the conversations of established accounts have in common, and the rarity of their words. */
export interface Established {
  readonly weights: Float64Array;
  /** By `peers`, ascending: the own similarity of every established account of them. */
  readonly similarities: ReadonlyMap<number, Float64Array>;
}

const sums = new Float64Array(65_536);
const counts = new Uint16Array(65_536);

/**
 * Mean cosine between the conversations of one account, words weighted, the account's own skeleton left out: near 0
 * where nothing connects them, as between strangers. s = Σ v, m of them: (|s|² − m)/(m(m − 1)). Undefined where fewer
 * than `COMPARED` conversations are given, or too few have words left. O(words).
 */
export function ownSimilarity(
  contents: readonly Uint16Array[],
  weights: Float64Array,
): number | undefined {
  if (contents.length < COMPARED) return undefined;
  const limit = OWN_SHARE * contents.length;
  for (const tokens of contents) for (const token of tokens) counts[token]! += 1;
  let left = 0;
  for (const tokens of contents) {
    let words = 0;
    let square = 0;
    for (const token of tokens) {
      if (counts[token]! > limit) continue;
      words += 1;
      square += weights[token]! ** 2;
    }
    if (words < LEAST_WORDS || square === 0) continue;
    left += 1;
    const scale = 1 / Math.sqrt(square);
    for (const token of tokens) {
      if (counts[token]! <= limit) sums[token]! += weights[token]! * scale;
    }
  }
  let square = 0;
  for (const tokens of contents) {
    for (const token of tokens) {
      square += sums[token]! ** 2;
      sums[token] = 0;
      counts[token] = 0;
    }
  }
  return left < LEAST_LEFT * contents.length ? undefined : (square - left) / (left * (left - 1));
}

/** The conversations of an account that are compared: those of least priority; none where there are too few. */
export function compared(sample: readonly SampledExchange[]): readonly SampledExchange[] {
  if (sample.length < COMPARED) return [];
  return sample.toSorted((a, b) => a.priority - b.priority).slice(0, COMPARED);
}

/** With whom an account is compared: the peers of most of its conversations. */
export function peersOf(conversations: readonly { readonly peers: number }[]): number {
  const tally = new Map<number, number>();
  for (const { peers } of conversations) tally.set(peers, (tally.get(peers) ?? 0) + 1);
  return [...tally].toSorted((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0] ?? 0;
}
