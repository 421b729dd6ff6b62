/** The bin that holds every larger number of repeats. */
export const LARGEST_REPEAT = 64;

/** Probabilities of an item's number of distinct accounts, by bin. */
export interface RepeatBins {
  /** The bins asked for, ascending; the last possible one, min(m, 64), means "that many or more". */
  readonly bins: Uint32Array;
  /** ln P(bin | η) into `out`, where π = 1/(1 + e^(−η)). */
  logProbabilities(eta: number, out: Float64Array): void;
  /** The largest curvature −∂² ln P/∂η² (up to its positive part) on [from, to]: a bound of the truncated variance. */
  curvature(from: number, to: number): number;
}

/**
 * The zero-truncated Binomial(m, π) as a function of η = logit π, for the bins that were observed.
 * P(k) = C(m,k) π^k (1−π)^(m−k)/(1 − (1−π)^m). In η it is an exponential family, whose log-partition A has
 * A″ = Var(k) ≤ μ(1−π), μ = mπ/(1 − (1−π)^m). A call costs O(bins), and O(m) at most for the last bin.
 */
export function repeatBins(m: number, bins: Uint32Array): RepeatBins {
  const last = Math.min(m, LARGEST_REPEAT);
  const logChoose = Float64Array.from(bins, (k) => logBinomial(m, k));
  return {
    bins,
    logProbabilities(eta, out) {
      const logHit = -log1pExp(-eta);
      const logMiss = -log1pExp(eta);
      const logAny = Math.log(-Math.expm1(m * logMiss));
      for (let i = 0; i < bins.length; i++) {
        const k = bins[i] ?? 0;
        const exact = (logChoose[i] ?? 0) + k * logHit + (m - k) * logMiss;
        out[i] = exact + (k === last ? logTail(m, k, eta) : 0) - logAny;
      }
    },
    curvature(from, to) {
      const high = probability(to);
      const mean = (m * high) / -Math.expm1(m * -log1pExp(to));
      return mean * probability(-from);
    },
  };
}

/** ln of P(≥ k)/P(k) for Binomial(m, π): Σ of the terms' ratios from k upwards, rescaled so that it cannot overflow. */
function logTail(m: number, k: number, eta: number): number {
  const odds = Math.exp(eta);
  let scale = 0;
  let sum = 1;
  let term = 1;
  for (let j = k; j < m; j++) {
    const ratio = ((m - j) / (j + 1)) * odds;
    term *= ratio;
    sum += term;
    if (sum > 1e200) {
      scale += Math.log(sum);
      term /= sum;
      sum = 1;
    }
    if (ratio < 1 && term < sum * 1e-17 * (1 - ratio)) break;
  }
  return scale + Math.log(sum);
}

function logBinomial(m: number, k: number): number {
  let sum = 0;
  for (let j = 1; j <= k; j++) sum += Math.log((m - j + 1) / j);
  return sum;
}

function probability(eta: number): number {
  return 1 / (1 + Math.exp(-eta));
}

/** ln(1 + e^x). */
function log1pExp(x: number): number {
  return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
}
