import { emptyRows, type Rows } from "./adjacency.ts";

/**
 * A bipartite graph of weighted nodes and keys. `counts` run parallel to `items`: how many original
 * nodes of a node hold the key. Two nodes are tied by Σ over common keys of weight · count · count.
 */
export interface WeightedBipartite {
  readonly nodeKeys: Rows;
  readonly nodeCounts: Uint32Array;
  readonly keyNodes: Rows;
  readonly keyCounts: Uint32Array;
  readonly keyWeights: Float64Array;
  /** Original nodes within each node. */
  readonly sizes: Uint32Array;
}

const MAX_SWEEPS = 12;
const MAX_LEVELS = 6;

/**
 * Communities by the constant Potts model, maximizing Σ_C (ties within C − density · |C|(|C|−1)/2)
 * (Traag, Van Dooren & Nesterov 2011) by local moving and aggregation (Blondel et al. 2008), walking
 * through keys instead of expanding pairs. Returns a community number for every node.
 * One sweep costs Σ over keys of (nodes of the key)², bounded by the largest degree passed in.
 */
export function communitiesOf(graph: WeightedBipartite, density: number): Uint32Array {
  let level = graph;
  let mapping: Uint32Array | undefined;
  for (let depth = 0; depth < MAX_LEVELS; depth++) {
    const { count, dense } = renumber(moveNodes(level, density));
    mapping = mapping === undefined ? dense : mapping.map((label) => dense[label]!);
    if (count === level.sizes.length) break;
    level = aggregate(level, dense, count);
  }
  return mapping!;
}

function moveNodes(graph: WeightedBipartite, density: number): Uint32Array {
  const nodes = graph.sizes.length;
  const label = new Uint32Array(nodes);
  for (let i = 0; i < nodes; i++) label[i] = i;
  const size = graph.sizes.slice();
  const ties = new Float64Array(nodes);
  const touched = new Uint32Array(nodes);
  const active = new Uint8Array(nodes).fill(1);
  const { nodeKeys, nodeCounts, keyNodes, keyCounts, keyWeights } = graph;

  for (let sweep = 0; sweep < MAX_SWEEPS; sweep++) {
    let moved = 0;
    for (let node = 0; node < nodes; node++) {
      if (active[node] === 0) continue;
      active[node] = 0;
      let reached = 0;
      const end = nodeKeys.offsets[node + 1]!;
      for (let i = nodeKeys.offsets[node]!; i < end; i++) {
        const key = nodeKeys.items[i]!;
        const weight = keyWeights[key]! * nodeCounts[i]!;
        const keyEnd = keyNodes.offsets[key + 1]!;
        for (let j = keyNodes.offsets[key]!; j < keyEnd; j++) {
          const other = keyNodes.items[j]!;
          if (other === node) continue;
          const community = label[other]!;
          if (ties[community] === 0) touched[reached++] = community;
          ties[community]! += weight * keyCounts[j]!;
        }
      }
      const own = graph.sizes[node]!;
      const home = label[node]!;
      let best = home;
      let bestGain = ties[home]! - density * own * (size[home]! - own);
      if (bestGain < 0) {
        bestGain = 0;
        best = size[home] === own ? home : node;
      }
      for (let t = 0; t < reached; t++) {
        const community = touched[t]!;
        const gain = ties[community]! - density * own * size[community]!;
        if (
          community !== home &&
          (gain > bestGain + 1e-9 || (gain > bestGain - 1e-9 && best !== home && community < best))
        ) {
          bestGain = gain;
          best = community;
        }
        ties[community] = 0;
      }
      if (best === home) continue;
      if (best === node && size[best] !== 0) continue;
      size[home]! -= own;
      size[best]! += own;
      label[node] = best;
      moved += 1;
      for (let i = nodeKeys.offsets[node]!; i < end; i++) {
        const key = nodeKeys.items[i]!;
        const keyEnd = keyNodes.offsets[key + 1]!;
        for (let j = keyNodes.offsets[key]!; j < keyEnd; j++) {
          const other = keyNodes.items[j]!;
          if (label[other] !== best) active[other] = 1;
        }
      }
    }
    if (moved === 0) break;
  }
  return label;
}

/** Numbers the labels 0, 1, … in the order of the first node that carries each. */
export function renumber(labels: Uint32Array): { count: number; dense: Uint32Array } {
  const names = new Int32Array(labels.length).fill(-1);
  const dense = new Uint32Array(labels.length);
  let count = 0;
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!;
    if (names[label] === -1) names[label] = count++;
    dense[i] = names[label]!;
  }
  return { count, dense };
}

/** Folds each community into one node; keys left inside one node no longer tie anything and are dropped. */
function aggregate(graph: WeightedBipartite, dense: Uint32Array, count: number): WeightedBipartite {
  const { keyNodes, keyCounts } = graph;
  const keys = graph.keyWeights.length;
  const sizes = new Uint32Array(count);
  for (let i = 0; i < dense.length; i++) sizes[dense[i]!]! += graph.sizes[i]!;

  const weights: number[] = [];
  const lengths: number[] = [];
  const items: number[] = [];
  const counts: number[] = [];
  const tally = new Uint32Array(count);
  const nodeLengths = new Uint32Array(count);
  for (let key = 0; key < keys; key++) {
    const start = keyNodes.offsets[key]!;
    const end = keyNodes.offsets[key + 1]!;
    const first = items.length;
    for (let j = start; j < end; j++) {
      const node = dense[keyNodes.items[j]!]!;
      if (tally[node] === 0) items.push(node);
      tally[node]! += keyCounts[j]!;
    }
    if (items.length - first < 2) {
      if (items.length > first) tally[items.pop()!] = 0;
      continue;
    }
    for (let j = first; j < items.length; j++) {
      const node = items[j]!;
      counts.push(tally[node]!);
      tally[node] = 0;
      nodeLengths[node]! += 1;
    }
    lengths.push(items.length - first);
    weights.push(graph.keyWeights[key]!);
  }
  return assemble({ lengths, items, counts, weights, sizes, nodeLengths });
}

interface Parts {
  readonly lengths: readonly number[];
  readonly items: readonly number[];
  readonly counts: readonly number[];
  readonly weights: readonly number[];
  readonly sizes: Uint32Array;
  readonly nodeLengths: Uint32Array;
}

function assemble(parts: Parts): WeightedBipartite {
  const keyNodes = {
    offsets: emptyRows(Uint32Array.from(parts.lengths), parts.lengths.length).offsets,
    items: Uint32Array.from(parts.items),
  };
  const keyCounts = Uint32Array.from(parts.counts);
  const nodeKeys = emptyRows(parts.nodeLengths, parts.sizes.length);
  const nodeCounts = new Uint32Array(nodeKeys.items.length);
  const cursor = nodeKeys.offsets.slice();
  for (let key = 0; key < parts.lengths.length; key++) {
    for (let j = keyNodes.offsets[key]!; j < keyNodes.offsets[key + 1]!; j++) {
      const at = cursor[keyNodes.items[j]!]!++;
      nodeKeys.items[at] = key;
      nodeCounts[at] = keyCounts[j]!;
    }
  }
  return {
    nodeKeys,
    nodeCounts,
    keyNodes,
    keyCounts,
    keyWeights: Float64Array.from(parts.weights),
    sizes: parts.sizes,
  };
}
