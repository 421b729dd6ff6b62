/** Share of the largest safe stake that is laid against a candidate mean. */
const STAKE_SHARE = 0.75;
const BISECTIONS = 40;

/**
 * Upper confidence bound of the mean of independent values in [0, 1] (or of values whose mean given the earlier ones is
 * constant), by betting; 1 for no values. `level` is .95 or .99, say.
 * Formula: the largest m whose wealth ∏(1 + λ_i(m − x_i)) never reached 1/(1 − level), with
 * λ_i = min(√(2 ln(1/α)/(n σ̂²_{i−1})), .75/(1 − m)) from earlier values. Wealth rises with m, so bisection finds it.
 * Non-asymptotic. Source: Waudby-Smith & Ramdas 2024, §4 (one-sided hedged capital). O(40 n).
 */
export function upperConfidence(values: ArrayLike<number>, level: number): number {
  const n = values.length;
  if (n === 0) return 1;
  const limit = Math.log(1 / (1 - level));
  const stakes = predictableStakes(values, limit);
  if (!refuted(values, stakes, 1, limit)) return 1;
  let low = 0;
  let high = 1;
  for (let step = 0; step < BISECTIONS; step++) {
    const middle = (low + high) / 2;
    if (refuted(values, stakes, middle, limit)) high = middle;
    else low = middle;
  }
  return high;
}

function predictableStakes(values: ArrayLike<number>, limit: number): Float64Array {
  const n = values.length;
  const stakes = new Float64Array(n);
  let sum = 0.5;
  let squares = 0.25;
  for (let i = 0; i < n; i++) {
    const variance = squares / (i + 1);
    stakes[i] = Math.sqrt((2 * limit) / (n * variance));
    sum += values[i] ?? 0;
    squares += ((values[i] ?? 0) - sum / (i + 2)) ** 2;
  }
  return stakes;
}

/** Whether betting that the mean is below m ever multiplied the stake to e^limit. */
function refuted(
  values: ArrayLike<number>,
  stakes: Float64Array,
  m: number,
  limit: number,
): boolean {
  const largest = m < 1 ? STAKE_SHARE / (1 - m) : Infinity;
  let wealth = 0;
  for (let i = 0; i < values.length; i++) {
    const stake = Math.min(stakes[i] ?? 0, largest);
    wealth += Math.log1p(stake * (m - (values[i] ?? 0)));
    if (wealth >= limit) return true;
  }
  return false;
}
