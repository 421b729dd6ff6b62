import type { Candidate } from "../graph/candidate.ts";
import type { KeyGraph } from "../graph/key-graph.ts";
import { hasMeans, hypothesisOf, isAboutAccounts, partiesMeeting } from "./hypothesis-of.ts";
import { type Lineage, newLineage, uniteSlices } from "./lineage.ts";

/** Rules this alike (Jaccard of keys) are one lineage. */
const SAME_RULE = 0.4;
/** Share of the smaller rule that the larger one must hold. */
const CONTAINED_RULE = 0.5;
/** Harvest that must be confirmed, in bits, before all that a group's accounts send is followed. */
const CONFIRMED_BITS = 10;
const NONE: readonly Lineage[] = [];

/** The lineages and the rules that gather them. */
export class RuleBook {
  lineages: Lineage[] = [];
  #born = 0;
  readonly #lineagesOfKey = new Map<number, Lineage[]>();
  /** By account: lineages that follow it. */
  readonly #followers = new Map<number, Lineage[]>();

  /** Lineages whose rule has the key. */
  of(key: number): readonly Lineage[] {
    return this.#lineagesOfKey.get(key) ?? NONE;
  }

  /** Lineages that take all the account sends. */
  followersOf(account: number): readonly Lineage[] {
    return this.#followers.get(account) ?? NONE;
  }

  /**
   * A rule of wordings meets every request of an operation that repeats itself, and few of one that paraphrases, though
   * it has found the accounts. Once a group's harvest is confirmed, another hypothesis takes all that its accounts send
   * from then on; what follows was not seen when they were chosen.
   */
  follow(lineage: Lineage): void {
    if (lineage.whole || lineage.follower !== undefined || lineage.follows !== undefined) return;
    if ((lineage.harvestBits ?? 0) < CONFIRMED_BITS) return;
    const follower = newLineage(this.#born++, lineage);
    lineage.follower = follower;
    follower.pass = lineage.pass;
    follower.score = lineage.score;
    follower.foundBy = lineage.foundBy;
    follower.whole = true;
    this.lineages.push(follower);
    for (const account of lineage.accounts.keys()) this.join(lineage, account);
  }

  /** An account has joined the lineage: who follows it follows the account too. */
  join({ follower }: Lineage, account: number): void {
    if (follower === undefined) return;
    this.#followers.set(account, [...(this.#followers.get(account) ?? []), follower]);
  }

  /** Takes the candidates of a new grouping at a time (seconds), best first: continues lineages, begins new ones, forgets what is gone. */
  renew(
    candidates: readonly Candidate[],
    graph: KeyGraph,
    foldOf: readonly number[],
    time: number,
  ): void {
    const renewed = new Set<Lineage>();
    for (const gathered of candidates) {
      const candidate = hypothesisOf(gathered, graph, foldOf.length);
      if (candidate === undefined) continue;
      const lineage = this.#lineageOf(candidate, graph, renewed, time);
      if (lineage === undefined) continue;
      renewed.add(lineage);
      // A hypothesis keeps the rule it entered with: what drifts is another one.
      if (lineage.rank === 0) this.#teach(lineage, candidate, graph, foldOf);
    }
    this.#retire(renewed);
    this.#welcome(graph);
  }

  /** A rule about accounts is met by what an account does over time: who has come to meet it belongs from now on. */
  #welcome(graph: KeyGraph): void {
    for (const lineage of this.lineages) {
      if (lineage.rank === 0 || !lineage.whole || lineage.follows !== undefined) continue;
      const parties = new Set(lineage.parties);
      for (const party of partiesMeeting(graph, lineage.keys, lineage.required)) parties.add(party);
      lineage.parties = parties;
    }
  }

  /** Forgets groups that never became hypotheses and are no longer found. */
  #retire(renewed: ReadonlySet<Lineage>): void {
    this.lineages = this.lineages.filter((lineage) => {
      if (lineage.rank > 0 || lineage.follows !== undefined || renewed.has(lineage)) return true;
      this.#unlink(lineage);
      return false;
    });
  }

  #unlink(lineage: Lineage): void {
    for (const key of lineage.keys) {
      const rest = (this.#lineagesOfKey.get(key) ?? []).filter((other) => other !== lineage);
      if (rest.length === 0) this.#lineagesOfKey.delete(key);
      else this.#lineagesOfKey.set(key, rest);
    }
  }

  /**
   * The hypothesis with much the same rule, else the group on trial with the largest slice most of whose rule is in the
   * candidate's: small groups of one operation grow together as its accounts meet.
   */
  #bestOf(candidate: Candidate, overlap: ReadonlyMap<Lineage, number>): Lineage | undefined {
    let best: Lineage | undefined;
    for (const [lineage, shared] of overlap) {
      const alike = shared / (lineage.keys.size + candidate.keys.length - shared);
      const continues =
        lineage.rank > 0 ? alike >= SAME_RULE : contains(candidate, lineage, shared);
      if (continues && (best === undefined || precedes(lineage, best))) best = lineage;
    }
    return best;
  }

  /** Adds to a group on trial the slices of others that the candidate unites with it. */
  #gather(
    best: Lineage,
    candidate: Candidate,
    overlap: ReadonlyMap<Lineage, number>,
    renewed: ReadonlySet<Lineage>,
  ): void {
    for (const [lineage, shared] of overlap) {
      if (lineage === best || lineage.rank > 0 || renewed.has(lineage)) continue;
      if (!contains(candidate, lineage, shared) || !best.keys.isDisjointFrom(lineage.keys))
        continue;
      uniteSlices(best, lineage);
    }
  }

  /**
   * The lineage a candidate continues, a new one, or none where it repeats one that was renewed already. Only rules
   * that both hold private means, or neither, are one lineage: what means gathered, means can't be tested on.
   */
  #lineageOf(
    candidate: Candidate,
    graph: KeyGraph,
    renewed: ReadonlySet<Lineage>,
    time: number,
  ): Lineage | undefined {
    const overlap = new Map<Lineage, number>();
    const means = hasMeans([...candidate.keys].map((key) => graph.kind(key)));
    for (const key of candidate.keys) {
      for (const lineage of this.of(key)) {
        if (hasMeans(lineage.foundBy) === means)
          overlap.set(lineage, (overlap.get(lineage) ?? 0) + 1);
      }
    }
    const best = this.#bestOf(candidate, overlap);
    if (best !== undefined) {
      if (!renewed.has(best)) {
        if (best.rank === 0) this.#gather(best, candidate, overlap, renewed);
        return best;
      }
      let common = 0;
      for (const party of candidate.parties) if (best.parties.has(party)) common += 1;
      if (common / (best.parties.size + candidate.parties.length - common) > 0.5) return undefined;
    }
    const lineage = newLineage(this.#born++);
    const from = best ?? originOf(candidate, overlap);
    if (from !== undefined) lineage.splitFrom = { number: from.number, at: time };
    this.lineages.push(lineage);
    return lineage;
  }

  #teach(lineage: Lineage, candidate: Candidate, graph: KeyGraph, foldOf: readonly number[]): void {
    this.#unlink(lineage);
    lineage.keys = new Set(candidate.keys);
    lineage.required = candidate.required;
    lineage.pass = candidate.pass;
    lineage.score = candidate.score;
    lineage.parties = new Set(candidate.parties);
    lineage.foundBy = new Set([...candidate.keys].map((key) => graph.kind(key)));
    const folds = new Map<number, number>();
    for (const key of candidate.keys) {
      const counts = [0, 0, 0, 0];
      for (const party of graph.parties(key)) counts[foldOf[party]!]! += 1;
      folds.set(
        key,
        counts.reduce((bits, n, fold) => (n >= 2 ? bits | (1 << fold) : bits), 0),
      );
      this.#lineagesOfKey.set(key, [...(this.#lineagesOfKey.get(key) ?? []), lineage]);
    }
    lineage.keyFolds = folds;
    lineage.whole = isAboutAccounts(lineage.foundBy);
  }
}

/** The hypothesis that holds most of a candidate's rule, or most of whose rule it holds: it kept its own while this one drifted. */
function originOf(
  candidate: Candidate,
  overlap: ReadonlyMap<Lineage, number>,
): Lineage | undefined {
  return [...overlap]
    .filter(([lineage, shared]) => lineage.rank > 0 && contains(candidate, lineage, shared))
    .toSorted(([a, m], [b, n]) => n - m || a.number - b.number)[0]?.[0];
}

function contains(candidate: Candidate, lineage: Lineage, shared: number): boolean {
  return shared >= CONTAINED_RULE * Math.min(lineage.keys.size, candidate.keys.length);
}

/** Hypotheses first, then the larger slice, then the older. */
function precedes(a: Lineage, b: Lineage): boolean {
  if (a.rank > 0 !== b.rank > 0) return a.rank > 0;
  return a.exchanges > b.exchanges || (a.exchanges === b.exchanges && a.number < b.number);
}
