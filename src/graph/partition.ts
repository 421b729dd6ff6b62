import { emptyRows, type Rows } from "./adjacency.ts";

/** Items 0 … n−1 split into parts 0 … count−1, numbered in the order of their first items. */
export interface Partition {
  readonly count: number;
  /** item → part. */
  readonly partOf: Uint32Array;
}

/** Numbers the parts of any labelling with labels below its length. O(n). */
export function partitionBy(labels: Uint32Array): Partition {
  const names = new Int32Array(labels.length).fill(-1);
  const partOf = new Uint32Array(labels.length);
  let count = 0;
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!;
    if (names[label] === -1) names[label] = count++;
    partOf[i] = names[label]!;
  }
  return { count, partOf };
}

/** Joins items along pairs (two items each, flat) by union–find. O(n + pairs), nearly. */
export function joinPairs(count: number, pairs: Uint32Array): Partition {
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
  return partitionBy(parent);
}

/** part → its items, ascending. O(n). */
export function partsOf({ count, partOf }: Partition): Rows {
  const lengths = new Uint32Array(count);
  for (const part of partOf) lengths[part]! += 1;
  const rows = emptyRows(lengths, count);
  const cursor = rows.offsets.slice(0, count);
  for (let i = 0; i < partOf.length; i++) rows.items[cursor[partOf[i]!]!++] = i;
  return rows;
}

/** Row `index` of rows, without a copy. */
export function rowOf(rows: Rows, index: number): Uint32Array {
  return rows.items.subarray(rows.offsets[index], rows.offsets[index + 1]);
}
