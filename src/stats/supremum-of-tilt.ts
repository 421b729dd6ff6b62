import { LARGEST_REPEAT, type RepeatBins } from "./repeat-bins.ts";

/** |η| beyond which all but e^(−30)·m of the mass sits in the first or the last bin. */
const EDGE = 30;
const MOST_EVALUATIONS = 200_000;

/**
 * An upper bound, within `slack` unless evaluations run out, of ln max over π in [0, 1] of D(π) = Σ v_i P(bin i|π).
 * ln D is a convex function of η = logit π minus the log-partition A(η), so ln D + ½Bη² is convex wherever A″ ≤ B, and on
 * an interval of width δ it stays below the larger end plus Bδ²/8. Intervals are halved until that is tight where
 * it matters (branch and bound); beyond ±30 − ln m the limits π → 0, π → 1 bound it. O(evaluations · bins).
 */
export function supremumOfTilt(
  model: RepeatBins,
  logDual: Float64Array,
  accounts: number,
  slack: number,
): number {
  const scratch = new Float64Array(model.bins.length);
  const tilt = (eta: number): number => {
    model.logProbabilities(eta, scratch);
    let sum = 0;
    for (let i = 0; i < scratch.length; i++) sum += Math.exp((scratch[i] ?? 0) + (logDual[i] ?? 0));
    return Math.log(sum);
  };
  const low = -EDGE - Math.log(accounts);
  const high = EDGE + Math.log(accounts);
  let supremum = Math.max(...edges(model, logDual, accounts));
  let evaluations = 2;
  const open = [{ low, high, left: tilt(low), right: tilt(high) }];
  let best = Math.max(supremum, open[0]?.left ?? 0, open[0]?.right ?? 0);
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    const width = part.high - part.low;
    const bound =
      Math.max(part.left, part.right) + (model.curvature(part.low, part.high) * width * width) / 8;
    if (bound <= best + slack || evaluations >= MOST_EVALUATIONS) {
      supremum = Math.max(supremum, bound);
      continue;
    }
    const middle = (part.low + part.high) / 2;
    const value = tilt(middle);
    evaluations += 1;
    best = Math.max(best, value);
    open.push({ low: part.low, high: middle, left: part.left, right: value });
    open.push({ low: middle, high: part.high, left: value, right: part.right });
  }
  return supremum;
}

/** Bounds of ln D beyond ±30 − ln m: the limit's own bin in full, every other with mass at most e^(−30). */
function edges(model: RepeatBins, logDual: Float64Array, accounts: number): [number, number] {
  const last = Math.min(accounts, LARGEST_REPEAT);
  const rest = logDual.reduce((sum, u) => sum + Math.exp(u - EDGE), 0);
  const limit = (bin: number): number => {
    const index = model.bins.indexOf(bin);
    return Math.log((index < 0 ? 0 : Math.exp(logDual[index] ?? 0)) + rest);
  };
  return [limit(1), limit(last)];
}
