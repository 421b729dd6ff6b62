import { emptyRows, transpose, type Adjacency, type Rows } from "./adjacency.ts";
import type { KeyClasses } from "./key-classes.ts";

/** The graph of rare keys, each set of parties once, and of the parties that hold at least two of them; renumbered. */
export interface RareGraph {
  readonly keys: Uint32Array;
  readonly parties: Uint32Array;
  readonly byKey: Rows;
  readonly byParty: Rows;
  /** How many rare keys have each degree. */
  readonly keysOfDegree: Uint32Array;
  /** Parties of each key in the whole graph, those outside this one included. */
  readonly degrees: Uint32Array;
}

/** Cuts the rare graph out: keys with 2 … `most` parties, fewer where their ties would exceed the budget. O(edges of rare keys). */
export function rareGraphOf(adjacency: Adjacency, classes: KeyClasses, most: number): RareGraph {
  const { byKey } = adjacency;
  const maxDegree = rareDegree(byKey, classes.first, most);
  const partyCount = adjacency.byParty.offsets.length - 1;
  const keys = classes.first.filter(
    (key) => byKey.offsets[key + 1]! - byKey.offsets[key]! <= maxDegree,
  );
  const held = new Uint32Array(partyCount);
  for (const key of keys) {
    for (let i = byKey.offsets[key]!; i < byKey.offsets[key + 1]!; i++) held[byKey.items[i]!]! += 1;
  }
  const number = new Int32Array(partyCount).fill(-1);
  let count = 0;
  for (let party = 0; party < partyCount; party++) if (held[party]! >= 2) number[party] = count++;
  const parties = new Uint32Array(count);
  for (let party = 0; party < partyCount; party++)
    if (number[party]! >= 0) parties[number[party]!] = party;

  const keysOfDegree = new Uint32Array(maxDegree + 1);
  const offsets = new Uint32Array(keys.length + 1);
  const items = new Uint32Array(held.reduce((sum, n) => sum + n, 0));
  let written = 0;
  keys.forEach((key, at) => {
    keysOfDegree[byKey.offsets[key + 1]! - byKey.offsets[key]!]! += 1;
    for (let i = byKey.offsets[key]!; i < byKey.offsets[key + 1]!; i++) {
      const node = number[byKey.items[i]!]!;
      if (node >= 0) items[written++] = node;
    }
    offsets[at + 1] = written;
  });
  const rows = { offsets, items: items.subarray(0, written) };
  const lengths = parties.map((party) => held[party]!);
  return {
    keys,
    parties,
    byKey: rows,
    byParty: transpose(rows, emptyRows(lengths, count)),
    keysOfDegree,
    degrees: keys.map((key) => byKey.offsets[key + 1]! - byKey.offsets[key]!),
  };
}

/** Ties that may be laid out for every pair in the graph, and the number always allowed. */
const TIES_PER_EDGE = 0.5;
const LEAST_TIES = 1 << 19;

/** The largest degree ≤ `most` whose keys, with all rarer ones, stay within the budget of ties; at least 4. */
function rareDegree(byKey: Rows, keys: Uint32Array, most: number): number {
  const keysOfDegree = new Uint32Array(most + 1);
  for (const key of keys) {
    const degree = byKey.offsets[key + 1]! - byKey.offsets[key]!;
    if (degree <= most) keysOfDegree[degree]! += 1;
  }
  const budget = Math.max(LEAST_TIES, TIES_PER_EDGE * byKey.items.length);
  let ties = 0;
  for (let degree = 2; degree <= most; degree++) {
    ties += keysOfDegree[degree]! * degree * (degree - 1);
    if (ties > budget) return Math.max(4, degree - 1);
  }
  return most;
}

/** Bits with which a key of each degree ties two of its parties: log₂(P/d)/(d−1). */
export function tieWeights(rare: RareGraph, population: number): Float32Array {
  return Float32Array.from(rare.keysOfDegree, (_, degree) =>
    degree < 2 ? 0 : Math.max(0, Math.log2(population / degree)) / (degree - 1),
  );
}
