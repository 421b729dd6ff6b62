/** What the surprise of a community is reckoned from: its size, and its keys' degrees and holders within it. */
export interface HeldKeys {
  readonly parties: ArrayLike<number>;
  readonly degrees: ArrayLike<number>;
  readonly holders: ArrayLike<number>;
}

/**
 * Bits by which the keys meeting in a community of n parties exceed chance, less log₂ C(P, n) for the
 * search over all sets of n. For every (degree d, holders m) the number of such keys is compared with
 * its mean under random holders, λ = K_d · C(d, m) · (n/P)^m, by the Chernoff bound of the Poisson:
 * N·log₂(N/λ) − (N − λ)·log₂ e. Chance trees of keys, however long, stay below zero.
 */
export function surplusBits(
  community: HeldKeys,
  keysOfDegree: ArrayLike<number>,
  population: number,
): number {
  const n = community.parties.length;
  const widest = keysOfDegree.length;
  const observed = new Map<number, number>();
  for (let i = 0; i < community.degrees.length; i++) {
    const code = community.degrees[i]! * widest + community.holders[i]!;
    observed.set(code, (observed.get(code) ?? 0) + 1);
  }
  let bits = -log2Choose(population, n);
  for (const [code, count] of observed) {
    const degree = Math.floor(code / widest);
    const holders = code % widest;
    const log2Mean =
      Math.log2(keysOfDegree[degree]!) +
      log2Choose(degree, holders) +
      holders * Math.log2(n / population);
    const mean = 2 ** log2Mean;
    if (count > mean) bits += count * (Math.log2(count) - log2Mean) - (count - mean) * Math.LOG2E;
  }
  return bits;
}

/** log₂ of the binomial coefficient, by Stirling's series; exact to 1e-4 bits. */
export function log2Choose(n: number, k: number): number {
  if (k <= 0 || k >= n) return 0;
  return log2Factorial(n) - log2Factorial(k) - log2Factorial(n - k);
}

function log2Factorial(n: number): number {
  if (n < 2) return 0;
  const x = n + 1;
  const ln =
    (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + 1 / (12 * x) - 1 / (360 * x ** 3);
  return ln * Math.LOG2E;
}
