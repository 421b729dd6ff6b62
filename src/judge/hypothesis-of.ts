import { KEY_KINDS } from "../core/key-kind.ts";
import type { Candidate } from "../graph/candidate.ts";
import type { KeyGraph } from "../graph/key-graph.ts";

/** Fewest parties of a hypothesis: fewer can't be told from colleagues. */
export const LEAST_PARTIES = 6;
/** Fewest payers of a hypothesis: what one or two openly pay for needs no hidden operator. */
export const LEAST_PAYERS = 3;
const MOST_CANDIDATES = 2000;
/** Kinds that may gather a group alone: pieces of prompts, system prompts, tool sets, private means. */
const GATHERING: readonly number[] = [1, 2, 3, 4, 6, 11, 12, 13];
/** Kinds a rule of several contents is made of. */
const CONTENT: readonly number[] = [1, 2, 3, 4, 5, 6];
/** Kinds a rule of several small ties is made of: same items, networks, echoes … */
const DEEDS: readonly number[] = [8, 10, 15];
/** … and private means, which can testify only where the others gather a group without them. */
const MEANS: readonly number[] = [11, 12, 13];
const PRIVATE: readonly number[] = [...DEEDS, ...MEANS];
/**
 * Density from which parties that share these are a community (`CandidateOptions`). Strangers share few of them, and an
 * operation with a handful of networks ties each two of its accounts by less than one of them.
 */
const PRIVATE_DENSITY = 0.01;
/** Keys of a rule that far fewer members hold than its commonest key are pieces of items, not of the skeleton. */
const RULE_SHARE = 0.25;
/** A network is a group's own where as many of its parties are on it, and this share of all who are. */
const LEAST_NEIGHBOURS = 4;
const OWN_NETWORK = 0.5;
/** Share of all parties from which a system prompt or tool set is popular, and how many these are at the least: at a small provider one operation may be a tenth of all. */
const POPULAR_SHARE = 0.05;
const LEAST_POPULAR = 500;

/** Candidate groups of a graph of `population` parties, best score first, but for those of nobody else than the `flagged`. */
export function candidatesIn(
  graph: KeyGraph,
  population: number,
  flagged: ReadonlySet<number>,
): readonly Candidate[] {
  return graph.candidates({
    settled: flagged,
    minParties: LEAST_PARTIES,
    limit: MOST_CANDIDATES,
    population,
    singleKinds: GATHERING,
    communityKinds: [DEEDS, PRIVATE],
    communityDensity: PRIVATE_DENSITY,
  });
}

/**
 * What a candidate may claim; undefined where it claims nothing. Rules are about what was asked or about private means
 * and history: a client string, one network or a common setting gathers strangers by the thousand; several networks
 * that share their accounts may be a pool's. Where contents gather a group, private means are left out of the rule, so that they can testify. O(the keys' parties).
 */
export function hypothesisOf(
  candidate: Candidate,
  graph: KeyGraph,
  population: number,
): Candidate | undefined {
  const kinds = [...candidate.keys].map((key) => graph.kind(key));
  if (candidate.pass === "single") {
    return GATHERING.includes(kinds[0]!) && !isPopular(kinds, candidate.parties.length, population)
      ? candidate
      : undefined;
  }
  const contents = candidate.pass === "cluster" && kinds.some((kind) => CONTENT.includes(kind));
  const allowed = contents ? CONTENT : PRIVATE;
  const members = new Set(candidate.parties);
  const holders = [...candidate.keys].map((key, i) => {
    if (!allowed.includes(kinds[i]!)) return 0;
    let held = 0;
    for (const party of graph.parties(key)) if (members.has(party)) held += 1;
    return held;
  });
  const least = contents ? RULE_SHARE * Math.max(...holders) : 1;
  const keys = candidate.keys.filter((_, i) => holders[i]! >= Math.max(1, least));
  if (keys.length === 0 || (!contents && keys.length < 2)) return undefined;
  const required = Math.min(candidate.required, keys.length);
  const parties = holdingAtLeast(graph, keys, required);
  const kept = [...keys].map((key) => graph.kind(key));
  if (isPopular(kept, parties.length, population)) return undefined;
  if (parties.length < LEAST_PARTIES) return undefined;
  if (contents) return { ...candidate, keys, required, parties };
  return { ...candidate, keys, required, parties: withNeighbours(graph, keys, parties) };
}

/** The parties that meet a rule about accounts by now. Ascending. O(the keys' parties). */
export function partiesMeeting(
  graph: KeyGraph,
  keys: Iterable<number>,
  required: number,
): Uint32Array {
  const rule = Uint32Array.from(keys);
  return withNeighbours(graph, rule, holdingAtLeast(graph, rule, required));
}

/** The parties, and whoever else is on a network of theirs that hardly anybody but them is on. Ascending. O(the networks' parties). */
export function withNeighboursOf(graph: KeyGraph, parties: Iterable<number>): Uint32Array {
  const known = Uint32Array.from(parties).sort();
  const keys = new Set([...known].flatMap((party) => [...graph.keysOf(party)]));
  return withNeighbours(graph, keys, known);
}

/** The same of the networks among some keys. */
function withNeighbours(
  graph: KeyGraph,
  keys: Iterable<number>,
  parties: Uint32Array,
): Uint32Array {
  const known = new Set(parties);
  const all = new Set(parties);
  for (const key of keys) {
    if (graph.kind(key) !== KEY_KINDS.network) continue;
    const holders = graph.parties(key);
    const own = holders.filter((party) => known.has(party)).length;
    if (own < LEAST_NEIGHBOURS || own < OWN_NETWORK * holders.length) continue;
    for (const party of holders) all.add(party);
  }
  return Uint32Array.from(all).sort();
}

/** A system prompt or tool set that many have is a popular tool or a default, and its holders are strangers. */
function isPopular(kinds: readonly number[], parties: number, population: number): boolean {
  return (
    kinds.every((kind) => kind >= 4 && kind <= 6) &&
    parties > Math.max(LEAST_POPULAR, POPULAR_SHARE * population)
  );
}

/** True where a rule is about the accounts (means, items, echoes), so that all exchanges of its parties count. */
export function isAboutAccounts(kinds: Iterable<number>): boolean {
  return [...kinds].every((kind) => PRIVATE.includes(kind));
}

/** True where private means are among what gathers a group. */
export function hasMeans(kinds: Iterable<number>): boolean {
  return [...kinds].some((kind) => MEANS.includes(kind));
}

function holdingAtLeast(graph: KeyGraph, keys: Uint32Array, required: number): Uint32Array {
  const held = new Map<number, number>();
  for (const key of keys) {
    for (const party of graph.parties(key)) held.set(party, (held.get(party) ?? 0) + 1);
  }
  const parties = [...held].filter(([, n]) => n >= required).map(([party]) => party);
  return Uint32Array.from(parties).sort();
}
