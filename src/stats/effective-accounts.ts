/** m_eff = (Σ n_a)²/Σ n_a²: how many equally active accounts would be as concentrated as these; 0 for none. O(A). */
export function effectiveAccounts(counts: ArrayLike<number>): number {
  let sum = 0;
  let squares = 0;
  for (let a = 0; a < counts.length; a++) {
    const n = counts[a] ?? 0;
    sum += n;
    squares += n * n;
  }
  return squares === 0 ? 0 : (sum * sum) / squares;
}
