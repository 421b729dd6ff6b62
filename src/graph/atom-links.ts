import { emptyRows } from "./adjacency.ts";
import type { LinkedKeys } from "./key-overlaps.ts";

/** Links between nodes, both ways. */
export interface Links {
  readonly offsets: Uint32Array;
  readonly neighbors: Uint32Array;
  readonly bits: Float32Array;
}

/**
 * Lays out links both ways, and keeps those that more than one popular key explains: a link stays where
 * a third node is linked with both its ends, or where it is the strongest of both its ends. So a prompt
 * that two operations use joins one of them at most. O(Σ over links of their ends' links).
 */
export function supportedLinks(count: number, linked: LinkedKeys): Links {
  const links = layOutLinks(count, linked);
  const { offsets, neighbors, bits } = links;
  const strongest = new Float32Array(count);
  for (let node = 0; node < count; node++) {
    for (let i = offsets[node]!; i < offsets[node + 1]!; i++) {
      strongest[node] = Math.max(strongest[node]!, bits[i]!);
    }
  }
  const besideOf = new Int32Array(count).fill(-1);
  const isTriangle = (a: number, b: number): boolean => {
    for (let i = offsets[b]!; i < offsets[b + 1]!; i++) {
      if (besideOf[neighbors[i]!] === a) return true;
    }
    return false;
  };
  const keep = new Uint8Array(linked.bits.length);
  let marked = -1;
  for (let link = 0; link < keep.length; link++) {
    const a = linked.pairs[2 * link]!;
    const b = linked.pairs[2 * link + 1]!;
    if (marked !== a) {
      for (let i = offsets[a]!; i < offsets[a + 1]!; i++) besideOf[neighbors[i]!] = a;
      marked = a;
    }
    const value = linked.bits[link]!;
    const isStrongest = value === strongest[a] && value === strongest[b];
    keep[link] = isStrongest || isTriangle(a, b) ? 1 : 0;
  }
  return layOutLinks(count, linked, (link) => keep[link] === 1);
}

/** Lays out pairs of nodes in both directions. O(links). */
export function layOutLinks(
  count: number,
  { pairs, bits }: LinkedKeys,
  isKept: (link: number) => boolean = () => true,
): Links {
  const lengths = new Uint32Array(count);
  for (let i = 0; i < pairs.length; i++) if (isKept(i >> 1)) lengths[pairs[i]!]! += 1;
  const { offsets, items } = emptyRows(lengths, count);
  const laid = new Float32Array(items.length);
  const cursor = offsets.slice();
  for (let link = 0; link < bits.length; link++) {
    if (!isKept(link)) continue;
    const a = pairs[2 * link]!;
    const b = pairs[2 * link + 1]!;
    const atA = cursor[a]!++;
    const atB = cursor[b]!++;
    items[atA] = b;
    items[atB] = a;
    laid[atA] = bits[link]!;
    laid[atB] = bits[link]!;
  }
  return { offsets, neighbors: items, bits: laid };
}
