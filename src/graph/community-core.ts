import { rowOf } from "./partition.ts";
import type { RareGraph } from "./rare-graph.ts";

/** Distinct keys that make a member of a community. */
export const REQUIRED = 2;

/** A community after peeling: parties and keys in the rare graph's numbers. */
export interface Core {
  readonly parties: Uint32Array;
  /** Ascending. */
  readonly keys: Uint32Array;
  /** Degree of each key, and how many of `parties` hold it. */
  readonly degrees: Uint32Array;
  readonly holders: Uint32Array;
}

/**
 * Returns a function that peels a community to the parties holding at least two of its own keys: those
 * that two members hold, and that no more outsiders than members hold. O(ties of the community) a call.
 */
export function makePeel(rare: RareGraph): (community: Uint32Array) => Core {
  const holders = new Uint32Array(rare.keys.length);
  const isOwn = (key: number): boolean =>
    holders[key]! >= 2 && 2 * holders[key]! >= rare.degrees[key]!;
  const isMember = (node: number): boolean => {
    let own = 0;
    for (const key of rowOf(rare.byParty, node)) if (isOwn(key)) own += 1;
    return own >= REQUIRED;
  };
  return (community) => {
    for (const node of community) for (const key of rowOf(rare.byParty, node)) holders[key]! += 1;
    let parties = community;
    for (;;) {
      const gone = parties.filter((node) => !isMember(node));
      if (gone.length === 0) break;
      const stays = parties.filter(isMember);
      for (const node of gone) for (const key of rowOf(rare.byParty, node)) holders[key]! -= 1;
      parties = stays;
    }
    const own = new Set<number>();
    for (const node of parties) {
      for (const key of rowOf(rare.byParty, node)) if (isOwn(key)) own.add(key);
    }
    const keys = Uint32Array.from(own).sort();
    const core = {
      parties,
      keys,
      degrees: keys.map((key) => rare.degrees[key]!),
      holders: keys.map((key) => holders[key]!),
    };
    for (const node of parties) for (const key of rowOf(rare.byParty, node)) holders[key] = 0;
    return core;
  };
}

/**
 * Returns a function that widens a core by the parties tied to it at least a third as closely as its mean
 * member, although local moving left them in another community: groups may overlap. Ascending. O(ties of the core) a call.
 */
export function makeWiden(
  rare: RareGraph,
  weightOfDegree: Float32Array,
  density: number,
): (core: Core) => Uint32Array {
  const ties = new Float64Array(rare.parties.length);
  const keys = new Uint32Array(rare.parties.length);
  return ({ parties, ...core }) => {
    const reached = new Set<number>(parties);
    const held = new Set(parties);
    const ownKeys = new Set<number>(core.keys);
    for (const node of parties) for (const key of rowOf(rare.byParty, node)) ownKeys.add(key);
    for (const key of ownKeys) {
      const row = rowOf(rare.byKey, key);
      let inside = 0;
      for (const node of row) if (held.has(node)) inside += 1;
      for (const node of row) {
        reached.add(node);
        ties[node]! += inside * weightOfDegree[rare.degrees[key]!]!;
        keys[node]! += 1;
      }
    }
    let sum = 0;
    for (const node of parties) sum += ties[node]!;
    const least = Math.max(density * parties.length, sum / parties.length / 3);
    const wide = Uint32Array.from(reached)
      .filter((node) => held.has(node) || (keys[node]! >= REQUIRED && ties[node]! >= least))
      .sort();
    for (const node of reached) {
      ties[node] = 0;
      keys[node] = 0;
    }
    return wide;
  };
}
