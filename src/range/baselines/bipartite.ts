import { random } from "../../stats/random.ts";

/** Edges between accounts and keys, each pair once: `accounts[i]` holds `keys[i]`, both dense numbers from 0. */
export interface Bipartite {
  readonly accountCount: number;
  readonly keyCount: number;
  readonly accounts: Uint32Array;
  readonly keys: Uint32Array;
}

/** How many edges each of `count` nodes has. */
export function degrees(nodes: Uint32Array, count: number): Uint32Array {
  const found = new Uint32Array(count);
  for (const node of nodes) found[node]! += 1;
  return found;
}

/** Neighbours by node: those of node `i` are `items[offsets[i] … offsets[i + 1] − 1]`. */
export interface Neighbours {
  readonly offsets: Uint32Array;
  readonly items: Uint32Array;
}

/** Lays out what each of `count` nodes in `from` is joined with in `to`. O(edges). */
export function neighbours(from: Uint32Array, to: Uint32Array, count: number): Neighbours {
  const offsets = new Uint32Array(count + 1);
  for (const node of from) offsets[node + 1]! += 1;
  for (let node = 0; node < count; node++) offsets[node + 1]! += offsets[node]!;
  const next = offsets.slice();
  const items = new Uint32Array(to.length);
  for (let edge = 0; edge < to.length; edge++) items[next[from[edge]!]!++] = to[edge]!;
  return { offsets, items };
}

/** Rounds in which pairs that occur twice are drawn again. */
const REDRAWS = 20;

/**
 * A graph with the same degrees in which accounts hold keys independently: the edges' account ends are permuted, and
 * ends of pairs that occur twice are exchanged with random other edges, up to twenty times over; what is left of them
 * is dropped. O(edges).
 */
export function shuffled(graph: Bipartite, seed: number): Bipartite {
  const draw = random(seed);
  const { keys } = graph;
  const accounts = graph.accounts.slice();
  const exchange = (i: number, j: number): void => {
    const end = accounts[i]!;
    accounts[i] = accounts[j]!;
    accounts[j] = end;
  };
  for (let i = accounts.length - 1; i > 0; i--) exchange(i, Math.floor(draw() * (i + 1)));
  const byKey = neighbours(
    keys,
    Uint32Array.from(keys, (_, edge) => edge),
    graph.keyCount,
  );
  const repeats = (): number[] => repeatedEdges(accounts, byKey, graph.accountCount);
  let twice = repeats();
  for (let round = 0; round < REDRAWS && twice.length > 0; round++) {
    for (const edge of twice) exchange(edge, Math.floor(draw() * accounts.length));
    twice = repeats();
  }
  const dropped = new Set(twice);
  const stays = (_: number, edge: number): boolean => !dropped.has(edge);
  return { ...graph, accounts: accounts.filter(stays), keys: keys.filter(stays) };
}

/** The edges that repeat an earlier pair of the same key and account. */
function repeatedEdges(
  accounts: Uint32Array,
  { offsets, items }: Neighbours,
  accountCount: number,
): number[] {
  const lastKey = new Int32Array(accountCount).fill(-1);
  const repeated: number[] = [];
  for (let key = 0; key + 1 < offsets.length; key++) {
    for (let at = offsets[key]!; at < offsets[key + 1]!; at++) {
      const edge = items[at]!;
      if (lastKey[accounts[edge]!] === key) repeated.push(edge);
      lastKey[accounts[edge]!] = key;
    }
  }
  return repeated;
}
