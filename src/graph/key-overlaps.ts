import type { CandidateOptions } from "./candidate.ts";
import type { PartySamples } from "./party-samples.ts";

/** Pairs of keys (positions in the samples) whose parties overlap beyond chance. */
export interface KeyOverlaps {
  /** Almost the same parties: to be taken as one key. Two positions a pair, flat. */
  readonly same: Uint32Array;
  /** Overlapping parties: evidence of one operation that varies its prompts. */
  readonly linked: LinkedKeys;
}

/** Pairs, two positions each, flat, the lower first and ascending by it; and each pair's bits. */
export interface LinkedKeys {
  readonly pairs: Uint32Array;
  readonly bits: Float32Array;
}

/** A party holding more keys than this (a large organization) can't say which of them belong together. */
const MAX_KEYS_OF_WITNESS = 2048;
/**
 * A link must bring log₂(keys) − 2 bits: that leaves a chance link or two a key, too few to be dense
 * anywhere, while weak links can still add up to a cluster that is certain as a whole.
 */
const SPARE_BITS = -2;
const LEAST_BITS = 6;

/**
 * Tests every two keys that share sampled parties: observed overlap against d₁d₂/P.
 * The bits are n·KL(m/n ‖ d₂/P), the Chernoff bound on drawing m of the smaller key's n sampled
 * parties from the larger key's parties by chance. Exact where both keys have ≤ 256 parties.
 * O(Σ over parties of (keys that sampled the party)²), with a dense counter.
 */
export function overlapsOf(samples: PartySamples, options: CandidateOptions): KeyOverlaps {
  const { parties, positions } = samples;
  const keyCount = samples.degrees.length;
  const leastBits = Math.max(LEAST_BITS, Math.log2(keyCount + 1) + SPARE_BITS);
  const matches = new Uint16Array(keyCount);
  const touched = new Uint32Array(keyCount);
  const same = growingPairs();
  const linked = growingPairs();
  const linkBits: number[] = [];
  for (let a = 0; a < keyCount; a++) {
    let reached = 0;
    const end = parties.offsets[a + 1]!;
    for (let i = parties.offsets[a]!; i < end; i++) {
      const party = parties.items[i]!;
      const from = positions.offsets[party]!;
      const to = positions.offsets[party + 1]!;
      if (to - from > MAX_KEYS_OF_WITNESS) continue;
      for (let j = to - 1; j >= from; j--) {
        const b = positions.items[j]!;
        if (b <= a) break;
        if (matches[b] === 0) touched[reached++] = b;
        matches[b]! += 1;
      }
    }
    for (let t = 0; t < reached; t++) {
      const b = touched[t]!;
      const bits = relate(samples, a, b, matches[b]!, leastBits, options);
      matches[b] = 0;
      if (bits === SAME) same.push(a, b);
      else if (bits > 0) {
        linked.push(a, b);
        linkBits.push(bits);
      }
    }
  }
  return {
    same: same.pairs(),
    linked: { pairs: linked.pairs(), bits: Float32Array.from(linkBits) },
  };
}

const SAME = Number.POSITIVE_INFINITY;

/** The bits of a link, 0 where there is none, `SAME` where the parties are almost the same. */
function relate(
  samples: PartySamples,
  a: number,
  b: number,
  matches: number,
  leastBits: number,
  options: CandidateOptions,
): number {
  if (matches < options.minOverlap) return 0;
  const da = samples.degrees[a]!;
  const db = samples.degrees[b]!;
  const small = Math.min(da, db);
  const large = Math.max(da, db);
  const reach = Math.min(samples.reach[a]!, samples.reach[b]!);
  const overlap = Math.min(small, matches / reach);
  const likeness = overlap / (small + large - overlap);
  const chance = large / options.population;
  const isSame = likeness >= options.sameKeys;
  if (!isSame) {
    if (overlap < options.minLift * small * chance) return 0;
    if (overlap < options.minCover * large || large > options.maxSizeRatio * small) return 0;
  }
  const drawn = Math.max(matches, small * reach);
  const bits = drawn * divergence(matches / drawn, chance);
  if (bits < leastBits) return 0;
  return isSame ? SAME : bits;
}

/** KL(p ‖ q) of two coins in bits; 0 where p ≤ q. */
function divergence(p: number, q: number): number {
  if (p <= q) return 0;
  const heads = p * Math.log2(p / q);
  return p >= 1 ? heads : heads + (1 - p) * Math.log2((1 - p) / (1 - q));
}

/** A flat list of number pairs that doubles as it grows. */
export function growingPairs(): { push(a: number, b: number): void; pairs(): Uint32Array } {
  let data = new Uint32Array(1024);
  let length = 0;
  return {
    push(a, b) {
      if (length === data.length) {
        const wider = new Uint32Array(data.length * 2);
        wider.set(data);
        data = wider;
      }
      data[length++] = a;
      data[length++] = b;
    },
    pairs: () => data.subarray(0, length),
  };
}
