import type { Adjacency, Rows } from "./adjacency.ts";
import { supportedLinks, type Links } from "./atom-links.ts";
import type { CandidateOptions } from "./candidate.ts";
import { log2Choose } from "./community-surprise.ts";
import type { KeyClasses } from "./key-classes.ts";
import { growingPairs } from "./growing-pairs.ts";
import { testOverlaps, type LinkedKeys } from "./key-overlaps.ts";
import { communitiesOf } from "./local-moving.ts";
import type { CountedPairs } from "./overlap-counts.ts";
import { joinPairs, partitionBy, partsOf, rowOf, type Partition } from "./partition.ts";
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
/** Bits a cluster's links must bring beyond the search over all sets of as many atoms. */
const LEAST_SURPLUS_BITS = 4;

/**
 * Pass (a). Keys with (almost) the same parties fold into atoms; atoms whose parties overlap beyond
 * chance form clusters where at least `clusterDensity` of the pairs are linked. Density, not
 * connectedness: a popular key linked with two operations does not fuse them.
 */
export function clusterKeys(
  classes: KeyClasses,
  samples: PartySamples,
  counted: CountedPairs,
  options: CandidateOptions,
): ClusterRules {
  const { same, linked } = testOverlaps(samples, counted, options);
  const atoms = joinPairs(classes.first.length, same);
  const links = supportedLinks(atoms.count, betweenAtoms(atoms, samples, linked));
  const clusters = clusterAtoms(atoms.count, links, options.clusterDensity);

  const classesOfAtom = partsOf(atoms);
  const atomsOfCluster = partsOf(clusters);
  const keysOf = (atom: number): number[] =>
    Array.from(rowOf(classesOfAtom, atom)).flatMap((at) =>
      Array.from(rowOf(classes.members, at), (position) => classes.keys[position]!),
    );
  const rules: Rule[] = [];
  const loose: number[] = [];
  const sizeOf = (rows: Rows, row: number): number => rows.offsets[row + 1]! - rows.offsets[row]!;
  const addAtom = (atom: number): void => {
    const only = classesOfAtom.items[classesOfAtom.offsets[atom]!]!;
    if (sizeOf(classesOfAtom, atom) === 1 && sizeOf(classes.members, only) === 1) {
      loose.push(classes.first[only]!);
      return;
    }
    const keys = Uint32Array.from(keysOf(atom)).sort();
    rules.push({ keys, required: Math.max(1, Math.floor(keys.length / 2)) });
  };
  for (let cluster = 0; cluster < clusters.count; cluster++) {
    if (sizeOf(atomsOfCluster, cluster) === 1) {
      addAtom(atomsOfCluster.items[atomsOfCluster.offsets[cluster]!]!);
      continue;
    }
    const members = rowOf(atomsOfCluster, cluster);
    const isCluster =
      bitsWithin(links, clusters, members) - log2Choose(atoms.count, members.length) >=
      LEAST_SURPLUS_BITS;
    if (isCluster) {
      rules.push({
        keys: Uint32Array.from(Array.from(members).flatMap(keysOf)).sort(),
        required: 2,
      });
    }
    if (!isCluster || members.length <= FRAGILE_ATOMS) members.forEach(addAtom);
  }
  return { rules, loose: Uint32Array.from(loose).sort() };
}

/** The links between the most widely held keys of two atoms, in the atoms' numbers. */
function betweenAtoms(
  atoms: Partition,
  samples: PartySamples,
  { pairs, bits }: LinkedKeys,
): LinkedKeys {
  const widest = new Int32Array(atoms.count).fill(-1);
  atoms.partOf.forEach((atom, at) => {
    const rival = widest[atom]!;
    if (rival === -1 || samples.degrees[at]! > samples.degrees[rival]!) widest[atom] = at;
  });
  const between = growingPairs();
  const kept: number[] = [];
  for (let i = 0; i < pairs.length; i += 2) {
    const a = atoms.partOf[pairs[i]!]!;
    const b = atoms.partOf[pairs[i + 1]!]!;
    if (a === b || widest[a] !== pairs[i] || widest[b] !== pairs[i + 1]) continue;
    between.push(a, b);
    kept.push(bits[i / 2]!);
  }
  return { pairs: between.pairs(), bits: Float32Array.from(kept) };
}

function clusterAtoms(count: number, { offsets, neighbors }: Links, density: number): Partition {
  const weights = new Float32Array(neighbors.length).fill(1);
  const sizes = new Uint32Array(count).fill(1);
  return partitionBy(communitiesOf({ offsets, neighbors, weights, sizes }, density));
}

function bitsWithin(links: Links, clusters: Partition, members: Uint32Array): number {
  let sum = 0;
  for (const atom of members) {
    for (let i = links.offsets[atom]!; i < links.offsets[atom + 1]!; i++) {
      if (clusters.partOf[links.neighbors[i]!] === clusters.partOf[atom]) sum += links.bits[i]! / 2;
    }
  }
  return sum;
}

/** The parties that hold at least `required` of the rule's keys, ascending. `tally` is all zeros and stays so. O(edges of the keys). */
export function membersOf(rule: Rule, { byKey }: Adjacency, tally: Uint32Array): Uint32Array {
  if (rule.keys.length === 1) return rowOf(byKey, rule.keys[0]!).slice();
  const reached: number[] = [];
  for (const key of rule.keys) {
    for (let i = byKey.offsets[key]!; i < byKey.offsets[key + 1]!; i++) {
      const party = byKey.items[i]!;
      tally[party]! += 1;
      if (tally[party] === 1) reached.push(party);
    }
  }
  const members = reached.filter((party) => tally[party]! >= rule.required);
  for (const party of reached) tally[party] = 0;
  return Uint32Array.from(members).sort();
}
