import { layOutLinks } from "./atom-links.ts";
import { growingPairs } from "./growing-pairs.ts";
import type { TiedNodes } from "./local-moving.ts";
import type { RareGraph } from "./rare-graph.ts";

/** Every two parties that share a key, once for each key and direction: row p of `others` and `keys`. */
interface Ties {
  readonly offsets: Uint32Array;
  readonly others: Uint32Array;
  readonly keys: Uint32Array;
}

/**
 * The ties between parties that a second fact supports: a further key the two share, or a third party
 * tied to both through other keys. In organic life nearly no tie has one (its mean degree squared over
 * P), in a group that shares many small keys nearly all have; so what is left is small, and mostly
 * groups.
 * O(Σ over ties of the shorter of its two parties' rows), less where support is found early.
 */
export function supportedTies(rare: RareGraph, weightOfDegree: Float32Array): TiedNodes {
  const nodes = rare.parties.length;
  const ends = growingPairs();
  const bits: number[] = [];
  forEachSupported(tiesOf(rare), rare.keys.length, (node, other, key) => {
    ends.push(node, other);
    bits.push(weightOfDegree[rare.degrees[key]!]!);
  });
  const linked = { pairs: ends.pairs(), bits: Float32Array.from(bits) };
  const { offsets, neighbors, bits: weights } = layOutLinks(nodes, linked);
  return { offsets, neighbors, weights, sizes: new Uint32Array(nodes).fill(1) };
}

/** Visits every supported tie once, from its party with the longer row. `many` is a key number that is not in use. */
function forEachSupported(
  ties: Ties,
  many: number,
  visit: (node: number, other: number, key: number) => void,
): void {
  const { offsets, others, keys } = ties;
  const nodes = offsets.length - 1;
  const isTied = new Uint8Array(nodes);
  const through = new Uint32Array(nodes);
  for (let node = 0; node < nodes; node++) {
    const start = offsets[node]!;
    const end = offsets[node + 1]!;
    for (let i = start; i < end; i++) {
      const other = others[i]!;
      through[other] = isTied[other] === 1 ? many : keys[i]!;
      isTied[other] = 1;
    }
    for (let i = start; i < end; i++) {
      const other = others[i]!;
      const from = offsets[other]!;
      const to = offsets[other + 1]!;
      const isShorter = to - from < end - start || (to - from === end - start && other > node);
      if (!isShorter) continue;
      const key = keys[i]!;
      let isSupported = through[other] === many;
      for (let j = from; j < to && !isSupported; j++) {
        const third = others[j]!;
        if (isTied[third] === 0) continue;
        const first = through[third]!;
        const second = keys[j]!;
        isSupported = second !== key && first !== key && first !== second;
      }
      if (isSupported) visit(node, other, key);
    }
    for (let i = start; i < end; i++) isTied[others[i]!] = 0;
  }
}

function tiesOf({ byKey, byParty, keys, parties }: RareGraph): Ties {
  const nodes = parties.length;
  const offsets = new Uint32Array(nodes + 1);
  for (let key = 0; key < keys.length; key++) {
    const width = byKey.offsets[key + 1]! - byKey.offsets[key]!;
    for (let i = byKey.offsets[key]!; i < byKey.offsets[key + 1]!; i++) {
      offsets[byKey.items[i]! + 1]! += width - 1;
    }
  }
  for (let node = 0; node < nodes; node++) offsets[node + 1]! += offsets[node]!;
  const others = new Uint32Array(offsets[nodes]!);
  const through = new Uint32Array(offsets[nodes]!);
  let at = 0;
  for (let node = 0; node < nodes; node++) {
    for (let i = byParty.offsets[node]!; i < byParty.offsets[node + 1]!; i++) {
      const key = byParty.items[i]!;
      for (let j = byKey.offsets[key]!; j < byKey.offsets[key + 1]!; j++) {
        if (byKey.items[j] === node) continue;
        others[at] = byKey.items[j]!;
        through[at++] = key;
      }
    }
  }
  return { offsets, others, keys: through };
}
