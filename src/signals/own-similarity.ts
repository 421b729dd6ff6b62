/** Conversations of an account that are compared, most first: the same number of both sides, so that chance plays equally. */
export const COMPARED = [16, 8] as const;
/** Words that more of an account's conversations share are its own skeleton, and are left out. */
const OWN_SHARE = 0.2;
const OWN_LEAST = 3;
const LEAST_WORDS = 3;
/** Share of the conversations that must have words left. */
const LEAST_LEFT = 0.6;

/** How much the conversations of established accounts have in common, and the rarity of their words. */
export interface Established {
  readonly weights: Float64Array;
  /** By how many conversations are compared, and by `peers`: the own similarity of every established account of them, ascending. */
  readonly similarities: ReadonlyMap<number, ReadonlyMap<number, Float64Array>>;
}

const sums = new Float64Array(65_536);
const counts = new Uint16Array(65_536);

/**
 * Mean cosine between the conversations of one account, words weighted, the account's own skeleton left out: near 0
 * where nothing connects them, as between strangers. s = Σ v, m of them: (|s|² − m)/(m(m − 1)). Undefined where too few
 * have words left. O(words).
 */
export function ownSimilarity(
  contents: readonly Uint16Array[],
  weights: Float64Array,
): number | undefined {
  const limit = Math.max(OWN_LEAST, OWN_SHARE * contents.length);
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
  return left < Math.max(2, LEAST_LEFT * contents.length)
    ? undefined
    : (square - left) / (left * (left - 1));
}

/** The conversations of an account that are compared, those of least priority; none where there are too few. */
export function compared<X extends { readonly priority: number }>(
  sample: readonly X[],
  size: number,
): readonly X[] {
  if (sample.length < size) return [];
  return sample.toSorted((a, b) => a.priority - b.priority).slice(0, size);
}

/** With whom an account is compared: the peers of most of its conversations. */
export function peersOf(conversations: readonly { readonly peers: number }[]): number {
  const tally = new Map<number, number>();
  for (const { peers } of conversations) tally.set(peers, (tally.get(peers) ?? 0) + 1);
  return [...tally].toSorted((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0] ?? 0;
}
