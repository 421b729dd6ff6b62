import type { World } from "./groups-world.ts";

/** Connected components over the keys that at most `maxDegree` parties hold; those of four parties or more. */
export function componentsOfRareKeys(world: World, maxDegree: number): Uint32Array[] {
  const degree = new Uint32Array(world.keyCount);
  for (let i = 0; i < world.length; i++) degree[world.keys[i]!]! += 1;
  const parent = new Uint32Array(partiesOf(world));
  for (let i = 0; i < parent.length; i++) parent[i] = i;
  const root = (start: number): number => {
    let at = start;
    while (parent[at] !== at) at = parent[at] = parent[parent[at]!]!;
    return at;
  };
  const first = new Int32Array(world.keyCount).fill(-1);
  for (let i = 0; i < world.length; i++) {
    const key = world.keys[i]!;
    if (degree[key]! > maxDegree) continue;
    if (first[key] === -1) first[key] = world.parties[i]!;
    else parent[root(world.parties[i]!)] = root(first[key]!);
  }
  return grouped(parent.map((_, party) => root(party)));
}

/** Plain bipartite label propagation: keys and parties take the commonest label of their neighbours, in turn. */
export function labelPropagation(world: World, sweeps: number): Uint32Array[] {
  const ofParty = new Uint32Array(partiesOf(world)).map((_, i) => i);
  const ofKey = new Uint32Array(world.keyCount);
  const keyRows = rows(world.keys, world.parties, world.length, world.keyCount);
  const partyRows = rows(world.parties, world.keys, world.length, ofParty.length);
  for (let sweep = 0; sweep < sweeps; sweep++) {
    takeCommonest(keyRows, ofParty, ofKey);
    takeCommonest(partyRows, ofKey, ofParty);
  }
  return grouped(ofParty);
}

interface Rows {
  readonly offsets: Uint32Array;
  readonly items: Uint32Array;
}

function takeCommonest({ offsets, items }: Rows, from: Uint32Array, to: Uint32Array): void {
  const votes = new Uint32Array(from.length);
  for (let row = 0; row < to.length; row++) {
    let best = to[row]!;
    let most = 0;
    for (let i = offsets[row]!; i < offsets[row + 1]!; i++) {
      const label = from[items[i]!]!;
      votes[label]! += 1;
      if (votes[label]! > most) {
        most = votes[label]!;
        best = label;
      }
    }
    for (let i = offsets[row]!; i < offsets[row + 1]!; i++) votes[from[items[i]!]!] = 0;
    to[row] = best;
  }
}

function rows(rowOf: Uint32Array, itemOf: Uint32Array, length: number, count: number): Rows {
  const offsets = new Uint32Array(count + 1);
  for (let i = 0; i < length; i++) offsets[rowOf[i]! + 1]! += 1;
  for (let i = 0; i < count; i++) offsets[i + 1]! += offsets[i]!;
  const cursor = offsets.slice();
  const items = new Uint32Array(length);
  for (let i = 0; i < length; i++) items[cursor[rowOf[i]!]!++] = itemOf[i]!;
  return { offsets, items };
}

function partiesOf(world: World): number {
  let most = 0;
  for (let i = 0; i < world.length; i++) most = Math.max(most, world.parties[i]!);
  return most + 1;
}

function grouped(labels: Uint32Array): Uint32Array[] {
  const members = new Map<number, number[]>();
  labels.forEach((label, party) => {
    const list = members.get(label);
    if (list === undefined) members.set(label, [party]);
    else list.push(party);
  });
  return [...members.values()]
    .filter((list) => list.length >= 4)
    .map((list) => Uint32Array.from(list));
}
