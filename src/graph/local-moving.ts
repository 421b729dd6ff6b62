import { partitionBy } from "./partition.ts";

/** A weighted graph without self-ties: `neighbors` of node i run from `offsets[i]` to `offsets[i + 1]`; parallel ties add up. */
export interface TiedNodes {
  readonly offsets: Uint32Array;
  readonly neighbors: Uint32Array;
  readonly weights: Float32Array;
  /** Original nodes within each node. */
  readonly sizes: Uint32Array;
}

const MAX_SWEEPS = 8;
const MAX_LEVELS = 5;
/** Gains closer than this are ties, and fall to the lower community number. */
const TIE = 1e-6;

/**
 * Communities by the constant Potts model, maximizing Σ_C (ties within C − density · |C|(|C|−1)/2)
 * (Traag, Van Dooren & Nesterov 2011), by local moving and aggregation (Blondel et al. 2008).
 * Returns a community number for every node, dense and in order of first appearance.
 * O(ties) a sweep, at most 8 sweeps a level and 5 levels; only nodes next to a change are visited again.
 */
export function communitiesOf(graph: TiedNodes, density: number): Uint32Array {
  let level = graph;
  let mapping: Uint32Array | undefined;
  for (let depth = 0; depth < MAX_LEVELS; depth++) {
    const { count, partOf: dense } = partitionBy(moveNodes(level, density));
    if (mapping === undefined) mapping = dense;
    else for (let node = 0; node < mapping.length; node++) mapping[node] = dense[mapping[node]!]!;
    if (count === level.sizes.length) break;
    level = aggregate(level, dense, count);
  }
  return mapping!;
}

function moveNodes(graph: TiedNodes, density: number): Uint32Array {
  const { offsets, neighbors, weights, sizes } = graph;
  const nodes = sizes.length;
  const label = new Uint32Array(nodes);
  for (let node = 0; node < nodes; node++) label[node] = node;
  const size = sizes.slice();
  const ties = new Float64Array(nodes);
  const touched = new Uint32Array(nodes);
  const active = new Uint8Array(nodes).fill(1);
  for (let sweep = 0; sweep < MAX_SWEEPS; sweep++) {
    let moved = 0;
    for (let node = 0; node < nodes; node++) {
      if (active[node] === 0) continue;
      active[node] = 0;
      const start = offsets[node]!;
      const end = offsets[node + 1]!;
      let reached = 0;
      for (let i = start; i < end; i++) {
        const community = label[neighbors[i]!]!;
        if (ties[community] === 0) touched[reached++] = community;
        ties[community]! += weights[i]!;
      }
      const own = sizes[node]!;
      const home = label[node]!;
      let best = home;
      let bestGain = ties[home]! - density * own * (size[home]! - own);
      if (bestGain < 0 && size[node] === 0) {
        bestGain = 0;
        best = node;
      }
      for (let t = 0; t < reached; t++) {
        const community = touched[t]!;
        const gain = ties[community]! - density * own * size[community]!;
        ties[community] = 0;
        if (community === home || gain < bestGain - TIE) continue;
        if (gain > bestGain + TIE || (best !== home && community < best)) {
          bestGain = gain;
          best = community;
        }
      }
      if (best === home) continue;
      size[home]! -= own;
      size[best]! += own;
      label[node] = best;
      moved += 1;
      for (let i = start; i < end; i++) {
        if (label[neighbors[i]!] !== best) active[neighbors[i]!] = 1;
      }
    }
    if (moved === 0) break;
  }
  return label;
}

/** Folds each community into one node; ties within it are dropped. */
function aggregate(graph: TiedNodes, dense: Uint32Array, count: number): TiedNodes {
  const sizes = new Uint32Array(count);
  const offsets = new Uint32Array(count + 1);
  for (let node = 0; node < dense.length; node++) {
    const own = dense[node]!;
    sizes[own]! += graph.sizes[node]!;
    for (let i = graph.offsets[node]!; i < graph.offsets[node + 1]!; i++) {
      if (dense[graph.neighbors[i]!] !== own) offsets[own + 1]! += 1;
    }
  }
  for (let i = 0; i < count; i++) offsets[i + 1]! += offsets[i]!;
  const neighbors = new Uint32Array(offsets[count]!);
  const weights = new Float32Array(offsets[count]!);
  const cursor = offsets.slice();
  for (let node = 0; node < dense.length; node++) {
    const own = dense[node]!;
    for (let i = graph.offsets[node]!; i < graph.offsets[node + 1]!; i++) {
      const other = dense[graph.neighbors[i]!]!;
      if (other === own) continue;
      const at = cursor[own]!++;
      neighbors[at] = other;
      weights[at] = graph.weights[i]!;
    }
  }
  return { offsets, neighbors, weights, sizes };
}
