/** Rows of sorted numbers, one after the other: row i is `items[offsets[i] .. offsets[i + 1]]`. */
export interface Rows {
  readonly offsets: Uint32Array;
  readonly items: Uint32Array;
}

/** Both directions of the bipartite graph, every row ascending, so that the order of adding leaves no trace. */
export interface Adjacency {
  readonly byKey: Rows;
  readonly byParty: Rows;
}

/** Pairs added since an adjacency was laid out. */
export interface Tail {
  readonly keys: Uint32Array;
  readonly parties: Uint32Array;
  readonly length: number;
}

/** What `layOut` and `mergeTail` need to know of the whole graph. */
export interface Degrees {
  readonly ofKey: Uint32Array;
  readonly keyCount: number;
  readonly ofParty: Uint32Array;
  readonly partyCount: number;
}

/** Lays out a whole graph by three counting passes (unsorted by party, then by key, then by party again). O(edges + keys + parties). */
export function layOut(
  forEachEdge: (visit: (key: number, party: number) => void) => void,
  degrees: Degrees,
): Adjacency {
  const draft = emptyRows(degrees.ofParty, degrees.partyCount);
  const cursor = draft.offsets.slice();
  forEachEdge((key, party) => {
    draft.items[cursor[party]!++] = key;
  });
  const byKey = transpose(draft, emptyRows(degrees.ofKey, degrees.keyCount));
  return { byKey, byParty: transpose(byKey, draft) };
}

/** Adds a tail to an adjacency by one merge in sequence. O(edges + tail · log tail), without random writes. */
export function mergeTail(old: Adjacency, tail: Tail, degrees: Degrees): Adjacency {
  const keys = tail.keys.subarray(0, tail.length);
  const parties = tail.parties.subarray(0, tail.length);
  return {
    byKey: mergeRows(old.byKey, keys, parties, emptyRows(degrees.ofKey, degrees.keyCount)),
    byParty: mergeRows(old.byParty, parties, keys, emptyRows(degrees.ofParty, degrees.partyCount)),
  };
}

/** Rows whose lengths are the first `count` entries of `lengths`, items unset. */
export function emptyRows(lengths: Uint32Array, count: number): Rows {
  const offsets = new Uint32Array(count + 1);
  for (let i = 0; i < count; i++) offsets[i + 1] = offsets[i]! + lengths[i]!;
  return { offsets, items: new Uint32Array(offsets[count]!) };
}

/** Fills `target` with the reverse of `source`; rows come out ascending because sources are walked in order. */
export function transpose(source: Rows, target: Rows): Rows {
  const cursor = target.offsets.slice();
  const rows = source.offsets.length - 1;
  for (let row = 0; row < rows; row++) {
    const end = source.offsets[row + 1]!;
    for (let i = source.offsets[row]!; i < end; i++) {
      target.items[cursor[source.items[i]!]!++] = row;
    }
  }
  return target;
}

function mergeRows(old: Rows, rowOf: Uint32Array, itemOf: Uint32Array, target: Rows): Rows {
  const codes = new Float64Array(rowOf.length);
  for (let i = 0; i < codes.length; i++) codes[i] = rowOf[i]! * 2 ** 32 + itemOf[i]!;
  codes.sort();
  const oldRows = old.offsets.length - 1;
  const { items } = target;
  let copied = 0;
  let written = 0;
  for (const code of codes) {
    const row = Math.floor(code / 2 ** 32);
    const item = code - row * 2 ** 32;
    let stop = row < oldRows ? old.offsets[row]! : old.items.length;
    if (stop < copied) stop = copied;
    const end = row < oldRows ? old.offsets[row + 1]! : old.items.length;
    while (stop < end && old.items[stop]! < item) stop++;
    items.set(old.items.subarray(copied, stop), written);
    written += stop - copied;
    copied = stop;
    items[written++] = item;
  }
  items.set(old.items.subarray(copied), written);
  return target;
}
