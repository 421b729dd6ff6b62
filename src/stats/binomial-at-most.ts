/** P(X ≤ found) of `trials` independent draws that each count with probability `chance`, 0 to 1. O(found). */
export function binomialAtMost(
  found: number,
  { trials, chance }: { trials: number; chance: number },
): number {
  if (found >= trials) return 1;
  if (found < 0 || chance >= 1) return 0;
  const odds = chance / (1 - chance);
  let term = (1 - chance) ** trials;
  let sum = term;
  for (let x = 0; x < found; x++) {
    term *= ((trials - x) / (x + 1)) * odds;
    sum += term;
  }
  return Math.min(1, sum);
}
