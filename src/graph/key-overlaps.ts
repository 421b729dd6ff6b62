import type { CandidateOptions } from "./candidate.ts";
import type { CountedPairs } from "./overlap-counts.ts";
import { growingPairs } from "./growing-pairs.ts";
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
 * O(pairs), and the links are sorted, so that nothing depends on the order in which pairs were counted.
 */
export function testOverlaps(
  samples: PartySamples,
  counted: CountedPairs,
  options: CandidateOptions,
): KeyOverlaps {
  const keyCount = samples.degrees.length;
  const leastBits = Math.max(LEAST_BITS, Math.log2(keyCount + 1) + SPARE_BITS);
  const same = growingPairs();
  const codes: number[] = [];
  for (let i = 0; i < counted.matches.length; i++) {
    const a = counted.pairs[2 * i]!;
    const b = counted.pairs[2 * i + 1]!;
    const matches = counted.matches[i]!;
    const { bits, isSame } = weigh(samples, a, b, matches, options);
    if (bits < leastBits) continue;
    if (isSame) same.push(a, b);
    else codes.push((Math.min(a, b) * keyCount + Math.max(a, b)) * MATCH_CODES + matches);
  }
  return { same: same.pairs(), linked: decoded(Float64Array.from(codes).sort(), samples, options) };
}

/** Room for the matches of a pair beside its two positions in 53 bits: for up to 4 M keys. */
const MATCH_CODES = 512;

function decoded(
  codes: Float64Array,
  samples: PartySamples,
  options: CandidateOptions,
): LinkedKeys {
  const keyCount = samples.degrees.length;
  const pairs = new Uint32Array(2 * codes.length);
  const bits = new Float32Array(codes.length);
  codes.forEach((code, i) => {
    const pair = Math.floor(code / MATCH_CODES);
    const a = Math.floor(pair / keyCount);
    const b = pair - a * keyCount;
    pairs[2 * i] = a;
    pairs[2 * i + 1] = b;
    bits[i] = weigh(samples, a, b, code - pair * MATCH_CODES, options).bits;
  });
  return { pairs, bits };
}

/** The bits of an overlap, 0 where it is no better than chance allows, and whether the parties are almost the same. */
function weigh(
  samples: PartySamples,
  a: number,
  b: number,
  matches: number,
  options: CandidateOptions,
): { bits: number; isSame: boolean } {
  const small = Math.min(samples.degrees[a]!, samples.degrees[b]!);
  const large = Math.max(samples.degrees[a]!, samples.degrees[b]!);
  const reach = Math.min(samples.reach[a]!, samples.reach[b]!);
  const overlap = Math.min(small, matches / reach);
  const isSame = overlap >= options.sameKeys * (small + large - overlap);
  const chance = large / options.population;
  if (!isSame && overlap < options.minLift * small * chance) return { bits: 0, isSame };
  const drawn = Math.max(matches, small * reach);
  return { bits: drawn * divergence(matches / drawn, chance), isSame };
}

/** KL(p ‖ q) of two coins in bits; 0 where p ≤ q. */
function divergence(p: number, q: number): number {
  if (p <= q) return 0;
  const heads = p * Math.log2(p / q);
  return p >= 1 ? heads : heads + (1 - p) * Math.log2((1 - p) / (1 - q));
}
