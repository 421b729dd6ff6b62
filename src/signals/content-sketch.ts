import {
  byPayer,
  type SampledExchange,
  selected,
  type Slice,
  type SliceAccount,
  tested,
} from "./slice.ts";

/** Buckets of a content sketch: enough that chance collisions don't drown the contents. */
export const SKETCH_DIMENSION = 1024;
/** More accounts than this add nothing to a capped test. */
const MOST_ACCOUNTS = 4096;
const LEAST_CENTRE = 8;

/**
 * Sums of unit-length content sketches by tested account: masked, weighted by rarity in the learning fold, hashed into
 * 1,024 signed buckets, centred by stratum. Repeats of one content within an account count once; a
 * payer's accounts stand together. With v a unit sketch and c its centre, Σ (v − c)/|v − c| = Σ v/|v − c| − c·Σ 1/|v − c| and |v − c|² = 1 − 2v·c + |c|², so that an exchange
 * costs its tokens and an account its strata. O(sampled tokens + accounts × strata × 1,024).
 */
export function contentSums(slice: Slice): {
  readonly sums: Float64Array;
  readonly counts: Uint32Array;
  readonly accounts: readonly SliceAccount[];
} {
  const learners =
    slice.fold < 0 ? slice.accounts : slice.accounts.filter((a) => a.fold === slice.fold);
  const sketcher = newSketcher(slice.mask, rarity(learners));
  const centres = centresOf(learners, sketcher);
  const accounts = byPayer(tested(slice)).flat().slice(0, MOST_ACCOUNTS);
  const sums = new Float64Array(accounts.length * SKETCH_DIMENSION);
  const counts = new Uint32Array(accounts.length);
  const pulls = new Map<Centre, number>();
  for (const [row, account] of accounts.entries()) {
    const own = sums.subarray(row * SKETCH_DIMENSION, (row + 1) * SKETCH_DIMENSION);
    const seen = new Set<number>();
    pulls.clear();
    for (const exchange of selected(slice, account)) {
      const content = maskedHash(exchange.tokens, slice.mask);
      if (content === 0 || seen.has(content)) continue;
      seen.add(content);
      // A centre is found by the same sketcher.
      const centre = centres(exchange.stratum);
      if (!sketcher.sketch(exchange)) continue;
      const scale = centre === undefined ? 1 : inverseDistance(sketcher, centre);
      if (scale === 0) continue;
      addScaled(own, sketcher, scale);
      if (centre !== undefined) pulls.set(centre, (pulls.get(centre) ?? 0) + scale);
      counts[row]! += 1;
    }
    for (const [{ mean }, pull] of pulls) {
      for (let d = 0; d < SKETCH_DIMENSION; d++) own[d]! -= pull * mean[d]!;
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

/** A sparse unit sketch, filled again for every exchange: `values[buckets[0 … size − 1]]` are its non-zeros. */
interface Sketcher {
  readonly values: Float64Array;
  readonly buckets: Uint16Array;
  size: number;
  /** False where nothing is left after masking. */
  sketch(exchange: SampledExchange): boolean;
}

function newSketcher(mask: Uint8Array, { frequency, weightOf }: Rarity): Sketcher {
  const rarest = weightOf.length - 1;
  const used = new Uint8Array(SKETCH_DIMENSION);
  const sketcher: Sketcher = {
    values: new Float64Array(SKETCH_DIMENSION),
    buckets: new Uint16Array(SKETCH_DIMENSION),
    size: 0,
    sketch({ tokens }) {
      const { values, buckets } = sketcher;
      for (let i = 0; i < sketcher.size; i++) {
        values[buckets[i]!] = 0;
        used[buckets[i]!] = 0;
      }
      sketcher.size = 0;
      for (let i = 0; i < tokens.length; i++) {
        const token = tokens[i]!;
        if (mask[token] === 1) continue;
        const bucket = token & (SKETCH_DIMENSION - 1);
        if (used[bucket] === 0) {
          used[bucket] = 1;
          buckets[sketcher.size++] = bucket;
        }
        const weight = weightOf[Math.min(frequency[token]!, rarest)]!;
        values[bucket]! += (token & SKETCH_DIMENSION) === 0 ? weight : -weight;
      }
      let square = 0;
      for (let i = 0; i < sketcher.size; i++) square += values[buckets[i]!]! ** 2;
      if (square < 1e-12) return false;
      const scale = 1 / Math.sqrt(square);
      for (let i = 0; i < sketcher.size; i++) values[buckets[i]!]! *= scale;
      return true;
    },
  };
  return sketcher;
}

/** The mean sketch of a stratum, and its squared length. */
interface Centre {
  readonly mean: Float64Array;
  readonly square: number;
}

/** The centre of a stratum, or where too few learners are in it, of all: hardly any slice asks for that. */
function centresOf(
  learners: readonly SliceAccount[],
  sketcher: Sketcher,
): (stratum: number) => Centre | undefined {
  const centres = meansOf(learners, sketcher, ({ stratum }) => stratum);
  let all: ReadonlyMap<number, Centre> | undefined;
  return (stratum) => {
    const own = centres.get(stratum);
    if (own !== undefined) return own;
    all ??= meansOf(learners, sketcher, () => 0);
    return all.get(0);
  };
}

/** The mean sketch of the learners' exchanges by stratum, where it has enough of them. O(their tokens). */
function meansOf(
  learners: readonly SliceAccount[],
  sketcher: Sketcher,
  stratumOf: (exchange: SampledExchange) => number,
): ReadonlyMap<number, Centre> {
  const totals = new Map<number, { sum: Float64Array; n: number }>();
  for (const account of learners) {
    for (const exchange of account.sample) {
      if (!sketcher.sketch(exchange)) continue;
      const stratum = stratumOf(exchange);
      let total = totals.get(stratum);
      if (total === undefined) {
        total = { sum: new Float64Array(SKETCH_DIMENSION), n: 0 };
        totals.set(stratum, total);
      }
      total.n += 1;
      addScaled(total.sum, sketcher, 1);
    }
  }
  const centres = new Map<number, Centre>();
  for (const [stratum, { sum, n }] of totals) {
    if (n < LEAST_CENTRE) continue;
    const mean = sum.map((v) => v / n);
    centres.set(stratum, { mean, square: mean.reduce((total, v) => total + v * v, 0) });
  }
  return centres;
}

function addScaled(sum: Float64Array, { values, buckets, size }: Sketcher, scale: number): void {
  for (let i = 0; i < size; i++) sum[buckets[i]!]! += scale * values[buckets[i]!]!;
}

/** 1/|v − c|; 0 where the sketch is its centre. */
function inverseDistance({ values, buckets, size }: Sketcher, { mean, square }: Centre): number {
  let dot = 0;
  for (let i = 0; i < size; i++) dot += values[buckets[i]!]! * mean[buckets[i]!]!;
  const distance = 1 - 2 * dot + square;
  return distance < 1e-12 ? 0 : 1 / Math.sqrt(distance);
}
