import type { Adjacency } from "./adjacency.ts";
import { scoreOf, type Candidate, type CandidateOptions } from "./candidate.ts";
import { membersOf, type Rule } from "./cluster-pass.ts";

/** What the selection needs of the graph. */
export interface SelectionInput {
  readonly adjacency: Adjacency;
  readonly kinds: Uint8Array;
  readonly options: CandidateOptions;
}

/** Turns rules into candidates with members and scores; groups below `minParties` fall away. */
export function candidatesOf(
  rules: readonly Rule[],
  pass: Candidate["pass"],
  { adjacency, options }: SelectionInput,
): Candidate[] {
  const partyCount = adjacency.byParty.offsets.length - 1;
  const tally = new Uint32Array(partyCount);
  const member = new Uint8Array(partyCount);
  const candidates: Candidate[] = [];
  for (const rule of rules) {
    const parties = membersOf(rule, adjacency, tally);
    if (parties.length < options.minParties) continue;
    for (const party of parties) member[party] = 1;
    const { offsets, items } = adjacency.byKey;
    const degrees = rule.keys.map((key) => offsets[key + 1]! - offsets[key]!);
    const holders = rule.keys.map((key) => {
      let held = 0;
      for (let i = offsets[key]!; i < offsets[key + 1]!; i++) held += member[items[i]!]!;
      return held;
    });
    for (const party of parties) member[party] = 0;
    const score = scoreOf(holders, degrees, options.population);
    candidates.push({ keys: rule.keys, parties, required: rule.required, pass, score });
  }
  return candidates;
}

/**
 * The best `places` of single keys as rules: each kind's keys by score, kinds taking turns, so that
 * a kind with many keys (sign-up hours, say) leaves room for the others.
 */
export function bestSingles(keys: Uint32Array, places: number, input: SelectionInput): Rule[] {
  const { offsets } = input.adjacency.byKey;
  const { minParties, population, singleKinds } = input.options;
  const byKind = new Map<number, { key: number; score: number }[]>();
  const scoreOfDegree: number[] = [];
  for (const key of keys) {
    const degree = offsets[key + 1]! - offsets[key]!;
    if (degree < minParties) continue;
    if (singleKinds.length > 0 && !singleKinds.includes(input.kinds[key]!)) continue;
    const score = (scoreOfDegree[degree] ??= scoreOf([degree], [degree], population));
    if (score === 0) continue;
    const list = byKind.get(input.kinds[key]!);
    if (list === undefined) byKind.set(input.kinds[key]!, [{ key, score }]);
    else list.push({ key, score });
  }
  const kinds = [...byKind.keys()].sort((a, b) => a - b);
  const queues = kinds.map((kind) => best(byKind.get(kind)!, places));
  const rules: Rule[] = [];
  for (let turn = 0; rules.length < places; turn++) {
    const before = rules.length;
    for (const queue of queues) {
      const entry = queue[turn];
      if (entry !== undefined && rules.length < places) {
        rules.push({ keys: Uint32Array.of(entry.key), required: 1 });
      }
    }
    if (rules.length === before) break;
  }
  return rules;
}

/** The best `places` entries, best first, ties by the lower key. */
function best<T extends { key: number; score: number }>(entries: T[], places: number): T[] {
  const scores = Float64Array.from(entries, ({ score }) => score).sort();
  const cutoff = scores[Math.max(0, scores.length - places)] ?? 0;
  return entries
    .filter(({ score }) => score >= cutoff)
    .sort((a, b) => b.score - a.score || a.key - b.key)
    .slice(0, places);
}

/** Best score first; ties by size, then by the first party and key, so that the order is total. */
export function byScore(a: Candidate, b: Candidate): number {
  return (
    b.score - a.score ||
    b.parties.length - a.parties.length ||
    a.parties[0]! - b.parties[0]! ||
    a.keys.length - b.keys.length ||
    a.keys[0]! - b.keys[0]!
  );
}

/** Parties of lowest hash looked up for each candidate; sets with Jaccard > 0.9 share one of four but for one case in 10⁴. */
const SKETCH = 4;

/**
 * Drops candidates whose parties nearly equal those of a better one. O(candidates · SKETCH + sizes).
 * The survivor of a near-duplicate holds at least nine in ten of the same parties: no group is lost.
 */
export function dropDuplicates(
  ranked: readonly Candidate[],
  partyHashes: Uint32Array,
  duplicate: number,
): Candidate[] {
  const kept: Candidate[] = [];
  const seen = new Map<number, number[]>();
  for (const candidate of ranked) {
    const sketch = lowestParties(candidate.parties, partyHashes);
    const rivals = new Set(sketch.flatMap((party) => seen.get(party) ?? []));
    const isDuplicate = [...rivals].some(
      (rival) => jaccard(kept[rival]!.parties, candidate.parties) > duplicate,
    );
    if (isDuplicate) continue;
    for (const party of sketch) seen.set(party, [...(seen.get(party) ?? []), kept.length]);
    kept.push(candidate);
  }
  return kept;
}

function lowestParties(parties: Uint32Array, hashes: Uint32Array): number[] {
  const lowest: number[] = [];
  for (const party of parties) {
    if (lowest.length === SKETCH && hashes[party]! >= hashes[lowest[SKETCH - 1]!]!) continue;
    let at = lowest.length;
    while (at > 0 && hashes[lowest[at - 1]!]! > hashes[party]!) at--;
    lowest.splice(at, 0, party);
    if (lowest.length > SKETCH) lowest.pop();
  }
  return lowest;
}

/** Jaccard index of two ascending lists. */
export function jaccard(a: Uint32Array, b: Uint32Array): number {
  const [small, large] = a.length < b.length ? [a, b] : [b, a];
  if (large.length === 0) return 1;
  if (small.length < 0.5 * large.length) return small.length / large.length / 2;
  let i = 0;
  let j = 0;
  let common = 0;
  while (i < a.length && j < b.length) {
    const difference = a[i]! - b[j]!;
    if (difference === 0) common += 1;
    if (difference <= 0) i += 1;
    if (difference >= 0) j += 1;
  }
  return common / (a.length + b.length - common);
}
