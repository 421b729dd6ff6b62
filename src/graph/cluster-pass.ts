import { emptyRows, type Adjacency } from "./adjacency.ts";
import type { CandidateOptions } from "./candidate.ts";
import { growingPairs, overlapsOf } from "./key-overlaps.ts";
import { communitiesOf, renumber } from "./local-moving.ts";
import type { PartySamples } from "./party-samples.ts";

/** A set of keys and how many of them make a member. */
export interface Rule {
  readonly keys: Uint32Array;
  readonly required: number;
}

/** Rules from the cluster pass, and the keys that no rule covers. */
export interface ClusterRules {
  readonly rules: readonly Rule[];
  /** Keys left on their own, ascending. */
  readonly loose: Uint32Array;
}

/** Clusters of at most this many atoms could be held together by one popular key: their atoms stay candidates too. */
const FRAGILE_ATOMS = 4;

/**
 * Pass (a). Keys with (almost) the same parties fold into atoms; atoms whose parties overlap beyond
 * chance form clusters where at least `clusterDensity` of the pairs are linked. Density, not
 * connectedness: a popular key linked with two operations does not fuse them.
 */
export function clusterKeys(samples: PartySamples, options: CandidateOptions): ClusterRules {
  const { same, linked } = overlapsOf(samples, options);
  const atomOf = foldSame(samples.keys.length, same);
  const clusterOf = clusterAtoms(atomOf.count, atomLinks(atomOf, linked), options.clusterDensity);

  const keysOfAtom = rowsOf(atomOf.dense, atomOf.count);
  const atomsOfCluster = rowsOf(clusterOf.dense, clusterOf.count);
  const rules: Rule[] = [];
  const loose: number[] = [];
  const addAtom = (atom: number): void => {
    const keys = keysOfAtom(atom).map((position) => samples.keys[position]!);
    if (keys.length === 1) loose.push(keys[0]!);
    else rules.push({ keys, required: Math.max(1, Math.floor(keys.length / 2)) });
  };
  for (let cluster = 0; cluster < clusterOf.count; cluster++) {
    const atoms = atomsOfCluster(cluster);
    if (atoms.length > 1) {
      const keys = Array.from(atoms).flatMap((atom) =>
        Array.from(keysOfAtom(atom), (position) => samples.keys[position]!),
      );
      rules.push({ keys: Uint32Array.from(keys).sort(), required: 2 });
    }
    if (atoms.length <= FRAGILE_ATOMS) atoms.forEach(addAtom);
  }
  return { rules, loose: Uint32Array.from(loose).sort() };
}

interface Partition {
  readonly count: number;
  readonly dense: Uint32Array;
}

/** Union–find over the pairs. */
function foldSame(count: number, pairs: Uint32Array): Partition {
  const parent = new Uint32Array(count);
  for (let i = 0; i < count; i++) parent[i] = i;
  const root = (start: number): number => {
    let at = start;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]!]!;
      at = parent[at]!;
    }
    return at;
  };
  for (let i = 0; i < pairs.length; i += 2) {
    const a = root(pairs[i]!);
    const b = root(pairs[i + 1]!);
    if (a !== b) parent[Math.max(a, b)] = Math.min(a, b);
  }
  for (let i = 0; i < count; i++) parent[i] = root(i);
  return renumber(parent);
}

/** Links between atoms, each once, ascending. */
function atomLinks(atoms: Partition, linked: Uint32Array): Uint32Array {
  const codes = new Float64Array(linked.length / 2);
  let count = 0;
  for (let i = 0; i < linked.length; i += 2) {
    const a = atoms.dense[linked[i]!]!;
    const b = atoms.dense[linked[i + 1]!]!;
    if (a !== b) codes[count++] = Math.min(a, b) * 2 ** 32 + Math.max(a, b);
  }
  const sorted = codes.subarray(0, count).sort();
  const out = growingPairs();
  for (let i = 0; i < count; i++) {
    if (i > 0 && sorted[i] === sorted[i - 1]) continue;
    const a = Math.floor(sorted[i]! / 2 ** 32);
    out.push(a, sorted[i]! - a * 2 ** 32);
  }
  return out.pairs();
}

/** Clusters of atoms where the share of linked pairs is at least `density`. */
function clusterAtoms(atoms: number, links: Uint32Array, density: number): Partition {
  const lengths = new Uint32Array(atoms);
  for (const atom of links) lengths[atom]! += 1;
  const { offsets, items } = emptyRows(lengths, atoms);
  const cursor = offsets.slice();
  for (let i = 0; i < links.length; i += 2) {
    const a = links[i]!;
    const b = links[i + 1]!;
    items[cursor[a]!++] = b;
    items[cursor[b]!++] = a;
  }
  const labels = communitiesOf(
    {
      offsets,
      neighbors: items,
      weights: new Float32Array(items.length).fill(1),
      sizes: new Uint32Array(atoms).fill(1),
    },
    density,
  );
  return renumber(labels);
}

/** Looks up the members of each part, ascending. */
function rowsOf(dense: Uint32Array, count: number): (part: number) => Uint32Array {
  const lengths = new Uint32Array(count);
  for (const part of dense) lengths[part]! += 1;
  const rows = emptyRows(lengths, count);
  const cursor = rows.offsets.slice();
  for (let i = 0; i < dense.length; i++) rows.items[cursor[dense[i]!]!++] = i;
  return (part) => rows.items.subarray(rows.offsets[part]!, rows.offsets[part + 1]!);
}

/** The parties that hold at least `required` of the rule's keys, ascending. O(edges of the keys). */
export function membersOf(rule: Rule, { byKey }: Adjacency, tally: Uint32Array): Uint32Array {
  if (rule.keys.length === 1) {
    const key = rule.keys[0]!;
    return byKey.items.slice(byKey.offsets[key]!, byKey.offsets[key + 1]!);
  }
  const reached = growingPairs();
  let members = 0;
  for (const key of rule.keys) {
    for (let i = byKey.offsets[key]!; i < byKey.offsets[key + 1]!; i++) {
      const party = byKey.items[i]!;
      tally[party]! += 1;
      if (tally[party] === 1) reached.push(party, 0);
      if (tally[party] === rule.required) members += 1;
    }
  }
  const out = new Uint32Array(members);
  let written = 0;
  const pairs = reached.pairs();
  for (let i = 0; i < pairs.length; i += 2) {
    const party = pairs[i]!;
    if (tally[party]! >= rule.required) out[written++] = party;
    tally[party] = 0;
  }
  return out.sort();
}
