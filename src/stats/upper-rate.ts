/**
 * Upper confidence bound of a rate after `events` in `trials`: the λ with P(Poisson(λ) ≤ events) = 1 − level, over
 * trials, at most 1. At zero events and level .99 it is 4.605/trials. The Poisson bound lies above the binomial
 * (Clopper–Pearson) one, so it is the safe side. No trials: 1. Source: Garwood 1936. O(events · 60).
 */
export function upperRate(events: number, trials: number, level = 0.99): number {
  if (trials <= 0) return 1;
  let low = events;
  let high = events + 10 * Math.sqrt(events + 1) - 2 * Math.log(1 - level);
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (poissonAtMost(events, middle) > 1 - level) low = middle;
    else high = middle;
  }
  return Math.min(1, high / trials);
}

/** P(Poisson(mean) ≤ count), summed from the count downwards. */
function poissonAtMost(count: number, mean: number): number {
  if (mean === 0) return 1;
  let logTerm = -mean;
  for (let k = 1; k <= count; k++) logTerm += Math.log(mean / k);
  let sum = 1;
  let ratio = 1;
  for (let k = count; k >= 1 && ratio > 1e-17; k--) {
    ratio *= k / mean;
    sum += ratio;
  }
  return Math.exp(logTerm) * sum;
}
