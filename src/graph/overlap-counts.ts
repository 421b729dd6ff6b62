import type { CandidateOptions } from "./candidate.ts";
import { growingPairs } from "./growing-pairs.ts";
import type { SetSignatures } from "./key-classes.ts";
import type { PartySamples } from "./party-samples.ts";

/** Pairs of keys, as positions in the samples, flat; and how many sampled parties each pair shares. */
export interface CountedPairs {
  readonly pairs: Uint32Array;
  readonly matches: Uint16Array;
}

/** Counts shared parties, and remembers them for keys whose parties stay the same. */
export interface OverlapCounter {
  /** `keys` are the sampled keys, ascending. The answer is that of a fresh counter, in any order of pairs. */
  count(
    keys: Uint32Array,
    samples: PartySamples,
    signatures: SetSignatures,
    options: CandidateOptions,
  ): CountedPairs;
}

/** A party holding more keys than this (a large organization) can't say which of them belong together. */
const MAX_KEYS_OF_WITNESS = 2048;
/** Above this share of changed keys all are counted again: that takes each pair once, not twice. */
const MAX_DIRTY_SHARE = 0.4;

/** What is remembered of a call; by key number, since positions shift as keys come. */
interface Memory {
  readonly filter: string;
  readonly keys: Uint32Array;
  readonly low: Uint32Array;
  readonly high: Uint32Array;
  readonly mute: Uint32Array;
  readonly pairs: Uint32Array;
  readonly matches: Uint16Array;
}

/** Makes a counter without memories. */
export function makeOverlapCounter(): OverlapCounter {
  let memory: Memory | undefined;
  return {
    count(keys, samples, signatures, options) {
      const { minOverlap, minCover, maxSizeRatio, sameKeys } = options;
      const filter = [minOverlap, minCover, maxSizeRatio, sameKeys].join();
      const mute = muteWitnesses(samples);
      const isUsable = memory?.filter === filter && sameNumbers(memory.mute, mute);
      const dirty = isUsable ? changedKeys(memory!, keys, signatures) : undefined;
      const counted = countPairs(samples, mute, dirty, options);
      if (dirty !== undefined) keepClean(memory!, keys, dirty, counted);
      const found = { pairs: counted.pairs(), matches: Uint16Array.from(counted.matches) };
      memory = {
        filter,
        mute,
        keys,
        low: keys.map((key) => signatures.low[key]!),
        high: keys.map((key) => signatures.high[key]!),
        pairs: found.pairs.map((position) => keys[position]!),
        matches: found.matches,
      };
      return found;
    },
  };
}

interface GrowingCounts {
  push(a: number, b: number, matches: number): void;
  pairs(): Uint32Array;
  readonly matches: number[];
}

/**
 * Counts the matches of every two keys, or of those with a dirty one, and keeps the pairs that could
 * be linked in any population. O(Σ over parties of (keys that sampled the party)²), with a dense counter.
 */
function countPairs(
  samples: PartySamples,
  mute: Uint32Array,
  dirty: Uint8Array | undefined,
  options: CandidateOptions,
): GrowingCounts {
  const { parties, positions, degrees } = samples;
  const count = degrees.length;
  const matches = new Uint16Array(count);
  const touched = new Uint32Array(count);
  const isMute = new Uint8Array(positions.offsets.length);
  for (const party of mute) isMute[party] = 1;
  const found = growingCounts();
  for (let a = 0; a < count; a++) {
    if (dirty !== undefined && dirty[a] === 0) continue;
    let reached = 0;
    const end = parties.offsets[a + 1]!;
    for (let i = parties.offsets[a]!; i < end; i++) {
      const party = parties.items[i]!;
      if (isMute[party] === 1) continue;
      const from = positions.offsets[party]!;
      for (let j = positions.offsets[party + 1]! - 1; j >= from; j--) {
        const b = positions.items[j]!;
        if (b <= a) {
          if (dirty === undefined) break;
          if (b === a || dirty[b] === 1) continue;
        }
        if (matches[b] === 0) touched[reached++] = b;
        matches[b]! += 1;
      }
    }
    for (let t = 0; t < reached; t++) {
      const b = touched[t]!;
      const shared = matches[b]!;
      matches[b] = 0;
      if (shared >= options.minOverlap && couldLink(samples, a, b, shared, options)) {
        found.push(a, b, shared);
      }
    }
  }
  return found;
}

/** The conditions on a link that do not depend on the population. */
function couldLink(
  { degrees, reach }: PartySamples,
  a: number,
  b: number,
  matches: number,
  options: CandidateOptions,
): boolean {
  const small = Math.min(degrees[a]!, degrees[b]!);
  const large = Math.max(degrees[a]!, degrees[b]!);
  const overlap = Math.min(small, matches / Math.min(reach[a]!, reach[b]!));
  if (overlap >= options.sameKeys * (small + large - overlap)) return true;
  return overlap >= options.minCover * large && large <= options.maxSizeRatio * small;
}

/** Parties that sampled too many keys, ascending. */
function muteWitnesses({ positions }: PartySamples): Uint32Array {
  const mute: number[] = [];
  for (let party = 0; party + 1 < positions.offsets.length; party++) {
    const held = positions.offsets[party + 1]! - positions.offsets[party]!;
    if (held > MAX_KEYS_OF_WITNESS) mute.push(party);
  }
  return Uint32Array.from(mute);
}

/** 1 for every position whose key is new or has other parties than remembered; undefined where they are too many. */
function changedKeys(
  memory: Memory,
  keys: Uint32Array,
  { low, high }: SetSignatures,
): Uint8Array | undefined {
  const dirty = new Uint8Array(keys.length).fill(1);
  let changed = keys.length;
  let old = 0;
  for (let position = 0; position < keys.length; position++) {
    const key = keys[position]!;
    while (old < memory.keys.length && memory.keys[old]! < key) old += 1;
    if (memory.keys[old] !== key) continue;
    if (memory.low[old] !== low[key] || memory.high[old] !== high[key]) continue;
    dirty[position] = 0;
    changed -= 1;
  }
  return changed > MAX_DIRTY_SHARE * keys.length ? undefined : dirty;
}

function keepClean(
  memory: Memory,
  keys: Uint32Array,
  dirty: Uint8Array,
  counted: GrowingCounts,
): void {
  const last = keys.length === 0 ? 0 : keys[keys.length - 1]! + 1;
  const positionOf = new Int32Array(last).fill(-1);
  for (let i = 0; i < keys.length; i++) if (dirty[i] === 0) positionOf[keys[i]!] = i;
  for (let i = 0; i < memory.matches.length; i++) {
    const a = positionOf[memory.pairs[2 * i]!] ?? -1;
    const b = positionOf[memory.pairs[2 * i + 1]!] ?? -1;
    if (a >= 0 && b >= 0) counted.push(a, b, memory.matches[i]!);
  }
}

function growingCounts(): GrowingCounts {
  const pairs = growingPairs();
  const matches: number[] = [];
  return {
    push(a, b, shared) {
      pairs.push(a, b);
      matches.push(shared);
    },
    pairs: () => pairs.pairs(),
    matches,
  };
}

function sameNumbers(a: Uint32Array, b: Uint32Array): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}
