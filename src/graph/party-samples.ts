import { emptyRows, transpose, type Rows } from "./adjacency.ts";
import { rowOf } from "./partition.ts";

/**
 * For every key with enough parties, all of them, or where they are many the `SAMPLE_SIZE` with the
 * lowest hashes (bottom-k MinHash). One hash serves all keys, so two samples agree wherever both see.
 */
export interface PartySamples {
  /** position in the list of keys → sampled parties. */
  readonly parties: Rows;
  /** party → positions of the keys that sampled it. */
  readonly positions: Rows;
  /** position → the share of hash space the sample covers, 1 where it is complete. */
  readonly reach: Float64Array;
  /** position → the key's degree. */
  readonly degrees: Uint32Array;
}

/** Most parties sampled of one key. */
export const SAMPLE_SIZE = 256;

/** Draws the samples of the given keys. O(edges of these keys). The same edges and seed give the same samples. */
export function samplePartiesOfKeys(
  byKey: Rows,
  keys: Uint32Array,
  partyHashes: Uint32Array,
): PartySamples {
  const degrees = keys.map((key) => byKey.offsets[key + 1]! - byKey.offsets[key]!);
  const reach = new Float64Array(keys.length).fill(1);
  const { offsets, items } = emptyRows(
    degrees.map((degree) => Math.min(degree, SAMPLE_SIZE)),
    keys.length,
  );
  for (let position = 0; position < keys.length; position++) {
    const key = keys[position]!;
    let at = offsets[position]!;
    if (degrees[position]! <= SAMPLE_SIZE) {
      const end = byKey.offsets[key + 1]!;
      for (let i = byKey.offsets[key]!; i < end; i++) items[at++] = byKey.items[i]!;
      continue;
    }
    const { sample, bound } = lowestHashes(rowOf(byKey, key), partyHashes);
    items.set(sample, at);
    reach[position] = (bound + 1) / 2 ** 32;
  }
  const lengths = new Uint32Array(partyHashes.length);
  for (const party of items) lengths[party]! += 1;
  const parties = { offsets, items };
  const positions = transpose(parties, emptyRows(lengths, partyHashes.length));
  return { parties, positions, reach, degrees };
}

/** The parties with the `SAMPLE_SIZE` lowest hashes  and the highest hash among them. */
function lowestHashes(row: Uint32Array, hashes: Uint32Array): { sample: number[]; bound: number } {
  let guess = Math.min(1, (SAMPLE_SIZE + 6 * Math.sqrt(SAMPLE_SIZE)) / row.length) * 2 ** 32;
  for (;;) {
    const low: number[] = [];
    for (let i = 0; i < row.length; i++) if (hashes[row[i]!]! < guess) low.push(row[i]!);
    if (low.length < SAMPLE_SIZE) {
      guess = Math.min(2 ** 32, guess * 2);
      continue;
    }
    const sorted = Uint32Array.from(low, (party) => hashes[party]!).sort();
    const bound = sorted[SAMPLE_SIZE - 1]!;
    return { sample: low.filter((party) => hashes[party]! <= bound), bound };
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
