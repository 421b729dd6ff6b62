import { emptyRows, transpose, type Rows } from "./adjacency.ts";

/**
 * For every key with enough parties, all of them, or where they are many the `SAMPLE_SIZE` with the
 * lowest hashes (bottom-k MinHash). One hash serves all keys, so two samples agree wherever both see.
 */
export interface PartySamples {
  /** Key numbers that were sampled, ascending; everything below is by position in this list. */
  readonly keys: Uint32Array;
  /** position → sampled parties. */
  readonly parties: Rows;
  /** party → positions of the keys that sampled it. */
  readonly positions: Rows;
  /** position → the share of hash space the sample covers, 1 where it is complete. */
  readonly reach: Float64Array;
  /** position → the key's degree. */
  readonly degrees: Uint32Array;
}

export const SAMPLE_SIZE = 128;

/** Draws the samples. O(edges of keys with ≥ `minDegree` parties). The same edges and seed give the same samples. */
export function samplePartiesOfKeys(
  byKey: Rows,
  partyHashes: Uint32Array,
  minDegree: number,
): PartySamples {
  const keyCount = byKey.offsets.length - 1;
  let count = 0;
  let total = 0;
  for (let key = 0; key < keyCount; key++) {
    const degree = byKey.offsets[key + 1]! - byKey.offsets[key]!;
    if (degree < minDegree) continue;
    count += 1;
    total += Math.min(degree, SAMPLE_SIZE);
  }
  const keys = new Uint32Array(count);
  const degrees = new Uint32Array(count);
  const reach = new Float64Array(count).fill(1);
  const offsets = new Uint32Array(count + 1);
  const items = new Uint32Array(total);
  const lengths = new Uint32Array(partyHashes.length);
  let position = 0;
  let written = 0;
  for (let key = 0; key < keyCount; key++) {
    const start = byKey.offsets[key]!;
    const end = byKey.offsets[key + 1]!;
    if (end - start < minDegree) continue;
    keys[position] = key;
    degrees[position] = end - start;
    const row = byKey.items.subarray(start, end);
    if (row.length <= SAMPLE_SIZE) {
      items.set(row, written);
      written += row.length;
    } else {
      const { sample, bound } = lowestHashes(row, partyHashes);
      items.set(sample, written);
      written += sample.length;
      reach[position] = (bound + 1) / 2 ** 32;
    }
    offsets[++position] = written;
  }
  for (let i = 0; i < written; i++) lengths[items[i]!]! += 1;
  const parties = { offsets, items: items.subarray(0, written) };
  const positions = transpose(parties, emptyRows(lengths, partyHashes.length));
  return { keys, parties, positions, reach, degrees };
}

/** The parties with the `SAMPLE_SIZE` lowest hashes (more where hashes tie at the bound), and the highest hash among them. */
function lowestHashes(
  row: Uint32Array,
  hashes: Uint32Array,
): { sample: Uint32Array; bound: number } {
  let guess = Math.min(1, (SAMPLE_SIZE + 6 * Math.sqrt(SAMPLE_SIZE)) / row.length) * 2 ** 32;
  for (;;) {
    const low = row.filter((party) => hashes[party]! < guess);
    if (low.length < SAMPLE_SIZE) {
      guess = Math.min(2 ** 32, guess * 2);
      continue;
    }
    const sorted = low.map((party) => hashes[party]!).sort();
    const bound = sorted[SAMPLE_SIZE - 1]!;
    return {
      sample: low.filter((party) => hashes[party]! <= bound).subarray(0, SAMPLE_SIZE),
      bound,
    };
  }
}

/** A 32-bit hash of every party number under a seed (murmur3's finalizer, a bijection: no two parties tie). */
export function hashParties(count: number, seed: number): Uint32Array {
  const hashes = new Uint32Array(count);
  for (let party = 0; party < count; party++) {
    let h = (party ^ Math.imul(seed | 0, 0x9e3779b1)) | 0;
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    hashes[party] = (h ^ (h >>> 16)) >>> 0;
  }
  return hashes;
}
