import { degrees, neighbours, type Bipartite } from "./bipartite.ts";
import { makePriorityTree } from "./priority-tree.ts";

/** Added to a key's degree in its weight, so that keys of few accounts don't weigh without bound. */
const OFFSET = 5;

/** Some accounts and keys, ascending, and how dense the edges between them are. */
export interface Block {
  readonly accounts: Uint32Array;
  readonly keys: Uint32Array;
  /** Weight of the edges inside, by account and key inside. */
  readonly density: number;
}

/** What an edge to each key weighs: 1/ln(5 + degree), so that joining what everybody holds hides nobody. O(edges). */
export function keyWeights({ keys, keyCount }: Bipartite): Float64Array {
  return Float64Array.from(degrees(keys, keyCount), (degree) => 1 / Math.log(OFFSET + degree));
}

/**
 * The densest block found by greedy peeling: the account or key with the least weight left is taken away until nothing
 * is, and the best moment kept; its density is at least half of the densest one's. `weights` are the keys'.
 * Source: Hooi et al., KDD 2016, algorithm 1, without priors on nodes. O(edges · log nodes).
 */
export function densestBlock(graph: Bipartite, weights: Float64Array): Block {
  const { accountCount, keyCount, accounts, keys } = graph;
  const nodes = accountCount + keyCount;
  const left = new Float64Array(nodes);
  let total = 0;
  for (let edge = 0; edge < accounts.length; edge++) {
    const weight = weights[keys[edge]!]!;
    left[accounts[edge]!]! += weight;
    left[accountCount + keys[edge]!]! += weight;
    total += weight;
  }
  const keysOf = neighbours(accounts, keys, accountCount);
  const accountsOf = neighbours(keys, accounts, keyCount);
  const tree = makePriorityTree(left);
  const removed = new Uint32Array(nodes);
  let best = nodes === 0 ? 0 : total / nodes;
  let bestAfter = 0;
  for (let step = 0; step < nodes; step++) {
    const node = tree.least();
    removed[step] = node;
    total -= tree.get(node);
    tree.set(node, Infinity);
    const isAccount = node < accountCount;
    const { offsets, items } = isAccount ? keysOf : accountsOf;
    const row = isAccount ? node : node - accountCount;
    for (let at = offsets[row]!; at < offsets[row + 1]!; at++) {
      const other = isAccount ? accountCount + items[at]! : items[at]!;
      const weight = weights[isAccount ? items[at]! : row]!;
      const was = tree.get(other);
      if (was !== Infinity) tree.set(other, was - weight);
    }
    const density = total / (nodes - step - 1);
    if (step + 1 < nodes && density > best) {
      best = density;
      bestAfter = step + 1;
    }
  }
  const kept = removed.subarray(bestAfter).toSorted();
  return {
    accounts: kept.filter((node) => node < accountCount),
    keys: kept.filter((node) => node >= accountCount).map((node) => node - accountCount),
    density: best,
  };
}

/** The graph without the edges inside a block. O(edges). */
export function withoutBlock(graph: Bipartite, block: Block): Bipartite {
  const accountIn = new Uint8Array(graph.accountCount);
  const keyIn = new Uint8Array(graph.keyCount);
  for (const account of block.accounts) accountIn[account] = 1;
  for (const key of block.keys) keyIn[key] = 1;
  const stays = (edge: number): boolean =>
    accountIn[graph.accounts[edge]!] === 0 || keyIn[graph.keys[edge]!] === 0;
  return {
    ...graph,
    accounts: graph.accounts.filter((_, edge) => stays(edge)),
    keys: graph.keys.filter((_, edge) => stays(edge)),
  };
}
