import { clipBits } from "./clip-bits.ts";

/** Fewer disjoint reference groups than this give no evidence. */
export const LEAST_REFERENCES = 19;

/**
 * Evidence, in bits, that a group's score is larger than its disjoint reference groups' scores (all ≥ 0, fixed
 * elsewhere). Formula: E_ref = (n+1)·S_g/(S_g + Σ S_i), whose expectation is 1 when the n+1 scores are exchangeable
 * (evidence.md §4; Gauthier, Bach & Jordan 2025). At most log₂(n+1) bits; 0 bits where n < 19 or every score is 0. O(n).
 */
export function conformalReference(score: number, references: ArrayLike<number>): number {
  const n = references.length;
  if (n < LEAST_REFERENCES) return 0;
  let total = score;
  for (let i = 0; i < n; i++) total += references[i] ?? 0;
  if (!(total > 0) || !Number.isFinite(total)) return 0;
  return clipBits(Math.log2(((n + 1) * score) / total));
}
