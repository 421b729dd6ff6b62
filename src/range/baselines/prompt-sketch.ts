/** Buckets of a sketch. */
export const SKETCH_BUCKETS = 1024;
/** Distinct hashes of single words, and as many again of pairs. */
const HASHES = 65_536;

/** A prompt as a sparse vector of unit length: `values[i]` in bucket `buckets[i]`. */
export interface PromptSketch {
  readonly buckets: Uint16Array;
  readonly values: Float32Array;
}

/**
 * Makes a function that sketches prompts: hashes of words and of neighbouring words (distinct ones, in the order of
 * their first use: what intake keeps), weighted by their rarity in the history, in 1,024 signed buckets. The history must be
 * other requests than those compared, or it will look unlike any window. Null where
 * nothing is left. O(words) a prompt.
 */
export function promptSketcher(
  history: readonly ArrayLike<number>[],
): (tokens: ArrayLike<number>) => PromptSketch | null {
  const frequency = new Uint32Array(2 * HASHES);
  for (const tokens of history) for (const gram of new Set(grams(tokens))) frequency[gram]! += 1;
  const weightOf = Float64Array.from({ length: history.length + 1 }, (_, n) =>
    Math.log(1 + (history.length + 1) / (n + 1)),
  );
  return (tokens) => {
    const sums = new Map<number, number>();
    for (const gram of grams(tokens)) {
      const mixed = Math.imul(gram + 1, 0x9e3779b1);
      const bucket = (mixed >>> 8) & (SKETCH_BUCKETS - 1);
      const sign = mixed < 0 ? -1 : 1;
      sums.set(bucket, (sums.get(bucket) ?? 0) + sign * weightOf[frequency[gram]!]!);
    }
    let square = 0;
    for (const value of sums.values()) square += value * value;
    if (square < 1e-12) return null;
    const scale = 1 / Math.sqrt(square);
    return {
      buckets: Uint16Array.from(sums.keys()),
      values: Float32Array.from(sums.values(), (value) => value * scale),
    };
  };
}

/** Words' hashes as 0 … 65,535, pairs' as 65,536 … 131,071. */
function grams(tokens: ArrayLike<number>): number[] {
  const found: number[] = [];
  for (let i = 0; i < tokens.length; i++) {
    found.push(tokens[i]!);
    if (i === 0) continue;
    const pair = Math.imul(tokens[i - 1]!, 0x85ebca6b) ^ Math.imul(tokens[i]! + 1, 0xc2b2ae35);
    found.push(HASHES + ((pair ^ (pair >>> 15)) & (HASHES - 1)));
  }
  return found;
}

/**
 * Squared Euclidean distances between unit sketches, row by row: `rows` × `columns`. Through the columns' list of every
 * bucket, so that only buckets in common cost: O(rows × columns × non-zeros² / 1,024).
 */
export function squaredDistances(
  rows: readonly PromptSketch[],
  columns: readonly PromptSketch[],
): Float32Array<ArrayBuffer> {
  const { offsets, holders, weights } = byBucket(columns);
  const distances = new Float32Array(rows.length * columns.length);
  const dots = new Float64Array(columns.length);
  for (const [i, { buckets, values }] of rows.entries()) {
    dots.fill(0);
    for (let k = 0; k < buckets.length; k++) {
      const value = values[k]!;
      const end = offsets[buckets[k]! + 1]!;
      for (let at = offsets[buckets[k]!]!; at < end; at++)
        dots[holders[at]!]! += value * weights[at]!;
    }
    for (let j = 0; j < columns.length; j++)
      distances[i * columns.length + j] = Math.max(0, 2 - 2 * dots[j]!);
  }
  return distances;
}

/** Which sketches use each bucket, and with which values. */
function byBucket(sketches: readonly PromptSketch[]): {
  readonly offsets: Uint32Array;
  readonly holders: Uint32Array;
  readonly weights: Float32Array;
} {
  const offsets = new Uint32Array(SKETCH_BUCKETS + 1);
  for (const { buckets } of sketches) for (const bucket of buckets) offsets[bucket + 1]! += 1;
  for (let bucket = 0; bucket < SKETCH_BUCKETS; bucket++) offsets[bucket + 1]! += offsets[bucket]!;
  const next = offsets.slice();
  const holders = new Uint32Array(offsets[SKETCH_BUCKETS]!);
  const weights = new Float32Array(holders.length);
  for (const [holder, { buckets, values }] of sketches.entries()) {
    for (let k = 0; k < buckets.length; k++) {
      const at = next[buckets[k]!]!++;
      holders[at] = holder;
      weights[at] = values[k]!;
    }
  }
  return { offsets, holders, weights };
}
