import type { Candidate } from "../graph/candidate.ts";
import type { KeyGraph } from "../graph/key-graph.ts";
import { hypothesisOf, isAboutAccounts } from "./hypothesis-of.ts";
import { type Lineage, newLineage } from "./lineage.ts";

/** Rules this alike (Jaccard of keys) are one lineage. */
const SAME_RULE = 0.4;
const NONE: readonly Lineage[] = [];

/** The lineages and the rules that gather them. */
export class RuleBook {
  lineages: Lineage[] = [];
  #born = 0;
  readonly #lineagesOfKey = new Map<number, Lineage[]>();

  /** Lineages whose rule has the key. */
  of(key: number): readonly Lineage[] {
    return this.#lineagesOfKey.get(key) ?? NONE;
  }

  /** Takes the candidates of a new grouping, best first: continues lineages, begins new ones, forgets what is gone. */
  renew(candidates: readonly Candidate[], graph: KeyGraph, foldOf: readonly number[]): void {
    const renewed = new Set<Lineage>();
    for (const gathered of candidates) {
      const candidate = hypothesisOf(gathered, graph);
      if (candidate === undefined) continue;
      const lineage = this.#lineageOf(candidate, renewed);
      if (lineage === undefined) continue;
      renewed.add(lineage);
      // A hypothesis keeps the rule it entered with: what drifts is another one.
      if (lineage.rank === 0) this.#teach(lineage, candidate, graph, foldOf);
    }
    this.#retire(renewed);
  }

  /** Forgets groups that never became hypotheses and are no longer found. */
  #retire(renewed: ReadonlySet<Lineage>): void {
    this.lineages = this.lineages.filter((lineage) => {
      if (lineage.rank > 0 || renewed.has(lineage)) return true;
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

  /** The lineage a candidate continues, a new one, or none where it repeats one that was renewed already. */
  #lineageOf(candidate: Candidate, renewed: ReadonlySet<Lineage>): Lineage | undefined {
    const overlap = new Map<Lineage, number>();
    for (const key of candidate.keys) {
      for (const lineage of this.#lineagesOfKey.get(key) ?? []) {
        overlap.set(lineage, (overlap.get(lineage) ?? 0) + 1);
      }
    }
    let best: Lineage | undefined;
    let most = 0;
    for (const [lineage, shared] of overlap) {
      const share = shared / (lineage.keys.size + candidate.keys.length - shared);
      if (
        share < SAME_RULE ||
        share < most ||
        (share === most && best !== undefined && best.number < lineage.number)
      )
        continue;
      best = lineage;
      most = share;
    }
    if (best !== undefined) {
      if (!renewed.has(best)) return best;
      let common = 0;
      for (const party of candidate.parties) if (best.parties.has(party)) common += 1;
      if (common / (best.parties.size + candidate.parties.length - common) > 0.5) return undefined;
    }
    const lineage = newLineage(this.#born++);
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
