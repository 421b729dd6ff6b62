/** Parties that may belong together, and the rule that gathered them; a hypothesis for the judge, never a finding. */
export interface Candidate {
  /** The keys of the rule, ascending. */
  readonly keys: Uint32Array;
  /** All parties that hold at least `required` of `keys`, ascending. */
  readonly parties: Uint32Array;
  /** How many distinct keys make a member: 1 where a single key gathered the group. */
  readonly required: number;
  readonly pass: "cluster" | "community" | "single";
  /** Bits of surprise, `scoreOf`: for ranking only, not evidence (the search for it is not paid for). */
  readonly score: number;
}

/** Every threshold of the two passes. Degrees are counted in parties. */
export interface CandidateOptions {
  /** Fewest parties of a candidate. */
  readonly minParties: number;
  /** Most candidates returned, best scores first, a quarter of the places kept for single keys. */
  readonly limit: number;
  /** Kinds of key that may gather a group alone; all where empty. */
  readonly singleKinds: readonly number[];
  /**
   * Sets of kinds of key whose small keys tie parties into communities, each by itself; all kinds where empty. What a
   * later set finds among mostly the same parties falls away.
   */
  readonly communityKinds: readonly (readonly number[])[];
  /** All parties known, those without shared keys included; the graph's own count where it is less. */
  readonly population: number;
  /** Parties that need no more clustering: keys that nobody else holds form no cluster, and gather nobody alone. */
  readonly settled: ReadonlySet<number>;
  /** Fewest shared parties before two keys can be linked. */
  readonly minOverlap: number;
  /** Two keys are linked only where they share this many times what chance gives, d₁d₂/P. */
  readonly minLift: number;
  /** … and at least this share of the larger key's parties. */
  readonly minCover: number;
  /** … and differ in degree by no more than this factor. */
  readonly maxSizeRatio: number;
  /** Keys this alike (Jaccard) count as one. */
  readonly sameKeys: number;
  /** Share of linked pairs from which keys form a cluster. */
  readonly clusterDensity: number;
  /** Keys with more parties take no part in communities. */
  readonly maxRareDegree: number;
  /** Bits a pair from which parties form a community, as a share of log₂ P (a key that two alone hold ties them with 1). */
  readonly communityDensity: number;
  /** Of candidates whose parties are more alike than this (Jaccard), the best is kept. */
  readonly duplicate: number;
}

/** Used where nothing else is given. */
export const DEFAULT_CANDIDATE_OPTIONS: CandidateOptions = {
  minParties: 4,
  limit: 2000,
  singleKinds: [],
  communityKinds: [],
  population: 0,
  settled: new Set(),
  minOverlap: 3,
  minLift: 1.5,
  minCover: 0.03,
  maxSizeRatio: 8,
  sameKeys: 0.8,
  clusterDensity: 0.5,
  maxRareDegree: 32,
  communityDensity: 0.04,
  duplicate: 0.9,
};

/**
 * Surprise of one key: log₂(P/d) − 1 bits, and 0 where half of all parties hold it.
 * The bit taken off is the price of having looked at it.
 */
export function surprise(degree: number, population: number): number {
  return Math.max(0, Math.log2(population / degree) - 1);
}

/** Score of a candidate: Σ (members holding the key − 1) · surprise. The first holder is free, popular keys weigh nothing. */
export function scoreOf(
  holders: ArrayLike<number>,
  degrees: ArrayLike<number>,
  population: number,
): number {
  let bits = 0;
  for (let i = 0; i < holders.length; i++) {
    if (holders[i]! > 1) bits += (holders[i]! - 1) * surprise(degrees[i]!, population);
  }
  return bits;
}
