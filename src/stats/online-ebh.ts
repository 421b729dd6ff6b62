/** Which hypotheses are flagged, and at which rate each would be. */
export interface OnlineEbh {
  /** The largest self-consistent number of flags, R. */
  readonly rejections: number;
  /** 1 where the hypothesis of that rank is flagged at q. */
  readonly flagged: Uint8Array;
  /** The least q that flags each hypothesis, at most 1; independent of the q asked for. */
  readonly qValues: Float64Array;
}

/** log₂ γ_k of the hypothesis that arrived k-th (k from 1): γ_k = 0.47/((k+1)·ln²(k+1)); Σ γ_k = 0.992 ≤ 1. */
export function arrivalWeightBits(rank: number): number {
  return Math.log2(0.47 / ((rank + 1) * Math.log(rank + 1) ** 2));
}

/**
 * Flags hypotheses (lineages) at false-discovery rate q, in order of arrival, none ever removed.
 * `log2M[k − 1]` is log₂ of the running e-value of the k-th to arrive. Flagged: M_k ≥ 1/(q·γ_k·R) with the largest
 * R that is met by at least R of them. As M never falls and the list only grows, a flag is never withdrawn.
 * q-value of the r-th largest M·γ: min over R ≥ r of 1/(R·(M·γ)_(R)).
 * Source: evidence.md §9; Wang & Ramdas 2022 (e-BH); Fischer, Xu & Ramdas (online e-BH). O(n log n).
 */
export function onlineEbh(log2M: ArrayLike<number>, q: number): OnlineEbh {
  const weighted = Float64Array.from(log2M, (bits, i) => bits + arrivalWeightBits(i + 1));
  const order = Uint32Array.from(weighted.keys()).sort(
    (a, b) => (weighted[b] ?? 0) - (weighted[a] ?? 0) || a - b,
  );
  const flagged = new Uint8Array(order.length);
  const qValues = new Float64Array(order.length);
  let least = 1;
  let rejections = 0;
  for (let r = order.length; r >= 1; r--) {
    const index = order[r - 1] ?? 0;
    least = Math.min(least, 2 ** -((weighted[index] ?? 0) + Math.log2(r)));
    qValues[index] = least;
    if (least > q) continue;
    flagged[index] = 1;
    rejections = Math.max(rejections, r);
  }
  return { rejections, flagged, qValues };
}
