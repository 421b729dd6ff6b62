import { emptyRows, transpose, type Adjacency, type Rows } from "./adjacency.ts";
import type { CandidateOptions } from "./candidate.ts";
import type { Rule } from "./cluster-pass.ts";
import { surplusBits } from "./community-surprise.ts";
import { communitiesOf, type TiedNodes } from "./local-moving.ts";

/** Distinct keys that make a member of a community. */
const REQUIRED = 2;
/** Bits a community must bring beyond the cost of having searched for it. */
const LEAST_SURPLUS_BITS = 10;

/**
 * Pass (b). Parties that share many small keys (a card here, a device there, echo links, items):
 * communities by local moving, a key of d parties tying each two of them with log₂(P/d)/(d−1) bits.
 * Then each community is peeled to the parties with two of its keys, and kept where its keys meet in
 * it beyond what searching all sets of that size would find by chance.
 */
export function communityRules(adjacency: Adjacency, options: CandidateOptions): Rule[] {
  const rare = rareKeys(adjacency, rareDegree(adjacency.byKey, options.maxRareDegree));
  const labels = communitiesOf(tiesOf(rare, options.population), options.communityDensity);
  const rules: Rule[] = [];
  const peel = makePeel(rare, labels);
  forEachCommunity(labels, options.minParties, (community) => {
    const core = peel(community);
    if (core.parties.length < options.minParties) return;
    const bits = surplusBits(core, rare.keysOfDegree, options.population);
    if (bits < LEAST_SURPLUS_BITS) return;
    const keys = core.keys.map((key) => rare.keys[key]!).sort();
    rules.push({ keys, required: REQUIRED });
  });
  return rules;
}

/** Ties that may be laid out for every pair in the graph, and the number always allowed. */
const TIES_PER_EDGE = 1;
const LEAST_TIES = 1 << 20;

/** The largest degree ≤ `most` whose keys, with all rarer ones, stay within the budget of ties; at least 4. */
function rareDegree(byKey: Rows, most: number): number {
  const keysOfDegree = new Uint32Array(most + 1);
  for (let key = 0; key + 1 < byKey.offsets.length; key++) {
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

/** The graph of rare keys, each set of parties once, and of the parties that hold at least two of them; renumbered. */
interface RareGraph {
  readonly keys: Uint32Array;
  readonly parties: Uint32Array;
  readonly byKey: Rows;
  readonly byParty: Rows;
  /** How many rare keys have each degree. */
  readonly keysOfDegree: Uint32Array;
  /** Parties of each key in the whole graph, those outside this one included. */
  readonly degrees: Uint32Array;
}

function rareKeys(adjacency: Adjacency, maxDegree: number): RareGraph {
  const { byKey } = adjacency;
  const partyCount = adjacency.byParty.offsets.length - 1;
  const keys = distinctRareKeys(byKey, maxDegree);
  const held = new Uint32Array(partyCount);
  for (const key of keys) {
    for (let i = byKey.offsets[key]!; i < byKey.offsets[key + 1]!; i++) held[byKey.items[i]!]! += 1;
  }
  const number = new Int32Array(partyCount).fill(-1);
  let count = 0;
  for (let party = 0; party < partyCount; party++)
    if (held[party]! >= REQUIRED) number[party] = count++;
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

/** The parties of the rare graph, every two tied once for each key they share. O(Σ d²), bounded by `rareDegree`. */
function tiesOf(rare: RareGraph, population: number): TiedNodes {
  const { byKey, byParty } = rare;
  const nodes = rare.parties.length;
  const offsets = new Uint32Array(nodes + 1);
  for (let key = 0; key < rare.keys.length; key++) {
    const width = byKey.offsets[key + 1]! - byKey.offsets[key]!;
    for (let i = byKey.offsets[key]!; i < byKey.offsets[key + 1]!; i++) {
      offsets[byKey.items[i]! + 1]! += width - 1;
    }
  }
  for (let node = 0; node < nodes; node++) offsets[node + 1]! += offsets[node]!;
  const neighbors = new Uint32Array(offsets[nodes]!);
  const weights = new Float32Array(offsets[nodes]!);
  let at = 0;
  for (let node = 0; node < nodes; node++) {
    for (let i = byParty.offsets[node]!; i < byParty.offsets[node + 1]!; i++) {
      const key = byParty.items[i]!;
      const degree = rare.degrees[key]!;
      const weight = Math.max(0, Math.log2(population / degree)) / (degree - 1);
      for (let j = byKey.offsets[key]!; j < byKey.offsets[key + 1]!; j++) {
        if (byKey.items[j] === node) continue;
        neighbors[at] = byKey.items[j]!;
        weights[at++] = weight;
      }
    }
  }
  return { offsets, neighbors, weights, sizes: new Uint32Array(nodes).fill(1) };
}

/** Keys with 2 … `maxDegree` parties; of those with the very same parties (shingles of one prompt) the first. */
function distinctRareKeys(byKey: Rows, maxDegree: number): Uint32Array {
  const keyCount = byKey.offsets.length - 1;
  const seen = new Map<number, number>();
  const distinct: number[] = [];
  for (let key = 0; key < keyCount; key++) {
    const start = byKey.offsets[key]!;
    const degree = byKey.offsets[key + 1]! - start;
    if (degree < 2 || degree > maxDegree) continue;
    let hash = degree;
    let other = 0;
    for (let i = start; i < start + degree; i++) {
      hash = Math.imul(hash ^ byKey.items[i]!, 0x01000193) ^ (hash >>> 15);
      other = Math.imul(other ^ byKey.items[i]!, 0x85ebca6b) ^ (other >>> 13);
    }
    // 53 bits: two different sets among 10 M meet with probability 0.006, and would only merge two rare keys.
    const code = (hash >>> 0) * 2 ** 21 + ((other >>> 0) & 0x1fffff);
    if (seen.has(code)) continue;
    seen.set(code, key);
    distinct.push(key);
  }
  return Uint32Array.from(distinct);
}

/** A community after peeling: parties and keys in the rare graph's numbers. */
export interface Core {
  readonly parties: Uint32Array;
  readonly keys: Uint32Array;
  /** Degree of each key, and how many of `parties` hold it. */
  readonly degrees: Uint32Array;
  readonly holders: Uint32Array;
}

/** Peels a community to the parties that hold at least two keys shared within it. */
function makePeel(rare: RareGraph, labels: Uint32Array): (community: Uint32Array) => Core {
  const holders = new Uint32Array(rare.keys.length);
  const inside = new Uint8Array(labels.length);
  return (community) => {
    const keys = new Set<number>();
    const add = (node: number, by: 1 | -1): void => {
      inside[node] = by === 1 ? 1 : 0;
      for (let i = rare.byParty.offsets[node]!; i < rare.byParty.offsets[node + 1]!; i++) {
        const key = rare.byParty.items[i]!;
        holders[key]! += by;
        keys.add(key);
      }
    };
    for (const node of community) add(node, 1);
    let left = community;
    for (;;) {
      const stays = left.filter((node) => sharedKeys(rare, holders, node) >= REQUIRED);
      if (stays.length === left.length) break;
      for (const node of left) if (sharedKeys(rare, holders, node) < REQUIRED) inside[node] = 2;
      for (const node of left) if (inside[node] === 2) add(node, -1);
      left = stays;
    }
    const shared = Uint32Array.from(keys)
      .filter((key) => holders[key]! >= 2)
      .sort();
    const core = {
      parties: left,
      keys: shared,
      degrees: shared.map((key) => rare.degrees[key]!),
      holders: shared.map((key) => holders[key]!),
    };
    for (const node of left) inside[node] = 0;
    for (const key of keys) holders[key] = 0;
    return core;
  };
}

function sharedKeys(rare: RareGraph, holders: Uint32Array, node: number): number {
  let shared = 0;
  for (let i = rare.byParty.offsets[node]!; i < rare.byParty.offsets[node + 1]!; i++) {
    if (holders[rare.byParty.items[i]!]! >= 2) shared += 1;
  }
  return shared;
}

function forEachCommunity(
  labels: Uint32Array,
  least: number,
  visit: (community: Uint32Array) => void,
): void {
  let count = 0;
  for (const label of labels) count = Math.max(count, label + 1);
  const lengths = new Uint32Array(count);
  for (const label of labels) lengths[label]! += 1;
  const rows = emptyRows(lengths, count);
  const cursor = rows.offsets.slice();
  for (let node = 0; node < labels.length; node++) rows.items[cursor[labels[node]!]!++] = node;
  for (let community = 0; community < count; community++) {
    if (lengths[community]! < least) continue;
    visit(rows.items.subarray(rows.offsets[community]!, rows.offsets[community + 1]!));
  }
}
