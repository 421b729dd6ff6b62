/**
 * P(X ≤ found) where `drawn` of a population are drawn without replacement and X of the `marked` ones are among them.
 * Formula: Σ_x C(M, x) C(N − M, n − x) / C(N, n) over x ≤ found, each term from the one before it. O(min(M, n)).
 */
export function hypergeometricAtMost(
  found: number,
  { population, marked, drawn }: { population: number; marked: number; drawn: number },
): number {
  const [least, most] = [Math.max(0, drawn - (population - marked)), Math.min(marked, drawn)];
  if (found < least) return 0;
  if (found >= most) return 1;
  let term = Math.exp(logFirst(least, { population, marked, drawn }));
  let sum = term;
  for (let x = least; x < found; x++) {
    term *= ((marked - x) * (drawn - x)) / ((x + 1) * (population - marked - drawn + x + 1));
    sum += term;
  }
  return Math.min(1, sum);
}

/**
 * ln P(X = least): that none of the marked is drawn, or where more are drawn than there are unmarked ones, that none of the
 * unmarked is left. Both are the chance that two subsets of given sizes don't meet, one factor an element of the smaller.
 */
function logFirst(
  least: number,
  { population, marked, drawn }: { population: number; marked: number; drawn: number },
): number {
  const [one, other] = least === 0 ? [drawn, marked] : [population - drawn, population - marked];
  let log = 0;
  for (let i = 0; i < Math.min(one, other); i++)
    log += Math.log((population - Math.max(one, other) - i) / (population - i));
  return log;
}
