import type { Candidate } from "../../src/graph/candidate.ts";
import { KeyGraph } from "../../src/graph/key-graph.ts";
import { jaccard } from "../../src/graph/select-candidates.ts";

/** One pair of a test world: key, kind, party. */
export type Edge = readonly [key: number, kind: number, party: number];

/** Kinds used in the tests; the graph gives them no meaning. */
export const KIND = { shingle: 0, system: 1, client: 2, payment: 3, item: 4 } as const;

/** Builds a test world pair by pair, with numbers for keys handed out in order. */
export function makeWorld(): {
  readonly edges: Edge[];
  key(kind: number, parties: Iterable<number>): number;
} {
  const edges: Edge[] = [];
  let next = 0;
  return {
    edges,
    key(kind, parties) {
      const key = next++;
      for (const party of parties) edges.push([key, kind, party]);
      return key;
    },
  };
}

/** Adds organic life: every party holds a few of many keys whose popularity is heavy-tailed. */
export function addOrganic(
  world: ReturnType<typeof makeWorld>,
  options: { parties: number; keys: number; held: number; random: () => number },
): void {
  const holders = Array.from({ length: options.keys }, () => new Set<number>());
  for (let party = 0; party < options.parties; party++) {
    for (let i = 0; i < options.held; i++) {
      holders[Math.floor(options.keys * options.random() ** 2)]!.add(party);
    }
  }
  for (const set of holders) world.key(KIND.shingle, set);
}

/** A graph with all the edges, in the order given. */
export function graphOf(edges: Iterable<Edge>): KeyGraph {
  const graph = new KeyGraph({ seed: 7 });
  for (const [key, kind, party] of edges) graph.add(key, kind, party);
  return graph;
}

/** The candidate most like a group, and how alike (Jaccard). */
export function bestMatch(
  candidates: readonly Candidate[],
  group: readonly number[],
): { readonly candidate: Candidate | undefined; readonly likeness: number } {
  const members = Uint32Array.from(group).sort();
  let candidate: Candidate | undefined;
  let likeness = 0;
  for (const each of candidates) {
    const alike = jaccard(each.parties, members);
    if (alike > likeness) [candidate, likeness] = [each, alike];
  }
  return { candidate, likeness };
}

/** The numbers from … below to. */
export function span(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}

/** Uniform numbers in [0, 1) from a seed (mulberry32). */
export function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A shuffled copy. */
export function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const copy = [...items];
  for (let i = copy.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [copy[i], copy[j]] = [copy[j]!, copy[i]!];
  }
  return copy;
}
