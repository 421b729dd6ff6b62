import { type SampledExchange, selected, type Slice, type SliceAccount, tested } from "./slice.ts";

/** Buckets of a content sketch: enough that chance collisions don't drown the contents. */
export const SKETCH_DIMENSION = 1024;
/** More accounts than this add nothing to a capped test. */
const MOST_ACCOUNTS = 4096;
const LEAST_CENTRE = 8;

/**
 * Sums of unit-length content sketches by tested account: masked, weighted by rarity in the learning fold, hashed into
 * 1,024 signed buckets, centred by stratum. Repeats of one content within an account count once. O(sampled tokens).
 */
export function contentSums(slice: Slice): {
  readonly sums: Float64Array;
  readonly counts: Uint32Array;
  readonly accounts: readonly SliceAccount[];
} {
  const learners =
    slice.fold < 0 ? slice.accounts : slice.accounts.filter((a) => a.fold === slice.fold);
  const weights = rarity(learners);
  const centres = centresOf(learners, slice.mask, weights);
  const accounts = tested(slice).slice(0, MOST_ACCOUNTS);
  const sums = new Float64Array(accounts.length * SKETCH_DIMENSION);
  const counts = new Uint32Array(accounts.length);
  const vector = new Float64Array(SKETCH_DIMENSION);
  for (const [row, account] of accounts.entries()) {
    const seen = new Set<number>();
    for (const exchange of selected(slice, account)) {
      const content = maskedHash(exchange.tokens, slice.mask);
      if (content === 0 || seen.has(content)) continue;
      seen.add(content);
      if (!sketch(exchange, slice.mask, weights, vector)) continue;
      const centre = centres.get(exchange.stratum) ?? centres.get(-1);
      if (centre !== undefined && !recentre(vector, centre)) continue;
      for (let d = 0; d < SKETCH_DIMENSION; d++) sums[row * SKETCH_DIMENSION + d]! += vector[d]!;
      counts[row]! += 1;
    }
  }
  return { sums, counts, accounts };
}

/** A 32-bit hash of the tokens that are not masked, in order; 0 where fewer than four are left. */
export function maskedHash(tokens: Uint16Array, mask: Uint8Array): number {
  let hash = 0x811c9dc5;
  let left = 0;
  for (const token of tokens) {
    if (mask[token] === 1) continue;
    hash = Math.imul(hash ^ token, 0x01000193);
    hash ^= hash >>> 15;
    left += 1;
  }
  return left < 4 ? 0 : hash >>> 0 || 1;
}

/** Rarity of tokens in the learning fold's sampled exchanges: log(1 + (N + 1)/(df + 1)), looked up by df. */
interface Rarity {
  readonly frequency: Uint32Array;
  readonly weightOf: Float64Array;
}

function rarity(learners: readonly SliceAccount[]): Rarity {
  const frequency = new Uint32Array(65536);
  let documents = 0;
  for (const account of learners) {
    for (const { tokens } of account.sample) {
      documents += 1;
      for (let i = 0; i < tokens.length; i++) frequency[tokens[i]!]! += 1;
    }
  }
  const weightOf = new Float64Array(documents + 2);
  for (let f = 0; f < weightOf.length; f++) weightOf[f] = Math.log(1 + (documents + 1) / (f + 1));
  return { frequency, weightOf };
}

/** Fills `vector` with the unit sketch; false where nothing is left after masking. */
function sketch(
  exchange: SampledExchange,
  mask: Uint8Array,
  { frequency, weightOf }: Rarity,
  vector: Float64Array,
): boolean {
  vector.fill(0);
  const { tokens } = exchange;
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!;
    if (mask[token] === 1) continue;
    const weight = weightOf[Math.min(frequency[token]!, weightOf.length - 1)]!;
    vector[token & 1023]! += (token & 1024) === 0 ? weight : -weight;
  }
  return normalize(vector);
}

function centresOf(
  learners: readonly SliceAccount[],
  mask: Uint8Array,
  weights: Rarity,
): Map<number, Float64Array> {
  const totals = new Map<number, { sum: Float64Array; n: number }>();
  const vector = new Float64Array(SKETCH_DIMENSION);
  const add = (stratum: number): void => {
    let total = totals.get(stratum);
    if (total === undefined)
      totals.set(stratum, (total = { sum: new Float64Array(SKETCH_DIMENSION), n: 0 }));
    total.n += 1;
    for (let d = 0; d < SKETCH_DIMENSION; d++) total.sum[d]! += vector[d]!;
  };
  for (const account of learners) {
    for (const exchange of account.sample) {
      if (!sketch(exchange, mask, weights, vector)) continue;
      add(exchange.stratum);
      add(-1);
    }
  }
  const centres = new Map<number, Float64Array>();
  for (const [stratum, { sum, n }] of totals) {
    if (n >= LEAST_CENTRE)
      centres.set(
        stratum,
        sum.map((v) => v / n),
      );
  }
  return centres;
}

function recentre(vector: Float64Array, centre: Float64Array): boolean {
  for (let d = 0; d < SKETCH_DIMENSION; d++) vector[d]! -= centre[d]!;
  return normalize(vector);
}

function normalize(vector: Float64Array): boolean {
  let square = 0;
  for (const v of vector) square += v * v;
  if (square < 1e-12) return false;
  const scale = 1 / Math.sqrt(square);
  for (let d = 0; d < vector.length; d++) vector[d]! *= scale;
  return true;
}
