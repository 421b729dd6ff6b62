/**
 * log₂ Σ 2^bits without overflow; the empty sum is −Infinity. O(n).
 * Formula: m + log₂ Σ 2^(b − m) with m = max b.
 */
export function log2Sum(bits: Iterable<number>): number {
  const terms = [...bits];
  const largest = terms.reduce((most, term) => Math.max(most, term), -Infinity);
  if (!Number.isFinite(largest)) return largest;
  return largest + Math.log2(terms.reduce((sum, term) => sum + 2 ** (term - largest), 0));
}
