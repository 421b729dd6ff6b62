import { maximizeDual } from "./maximize-dual.ts";
import { repeatBins, LARGEST_REPEAT, type RepeatBins } from "./repeat-bins.ts";
import { supremumOfTilt } from "./supremum-of-tilt.ts";

/** The best mixture's likelihood, bounded from above. */
export interface RepeatMixture {
  /** log₂ of an upper bound of the likelihood over *all* mixtures: never below it, and in the tests under .2 bits above it. */
  readonly supremumBits: number;
}

const GRID = 96;
const ROUNDS = 20;
/** Bits of the whole sample that the bound may lie above the supremum before refining stops. */
const SLACK_BITS = 0.05;

/**
 * The largest likelihood of a histogram of repeats under zero-truncated mixtures of Binomial(m, π), bounded from above.
 * For any v > 0 and any mixture Q, by concavity of the logarithm,
 *   Σ p_i ln P_Q(i) ≤ ln max_π Σ v_i P(i|π) − Σ p_i ln(v_i/p_i),   p_i = f_i/N,
 * with equality at the optimum, where v_i = p_i/P_ŵ(i): the certificate N·log max D(π) of evidence.md §7 for any fit,
 * good or bad. v comes from the dual on a grid that is refined where D exceeds 1; π → 0 and π → 1 belong to the grid.
 * Source: Lindsay 1983 (geometry of mixture likelihoods); Koenker & Mizera 2014 (dual). O(rounds · Newton · grid · K²).
 */
export function fitRepeatMixture(histogram: ArrayLike<number>, accounts: number): RepeatMixture {
  const observed = [...Array(histogram.length).keys()].filter(
    (k) => k > 0 && (histogram[k] ?? 0) > 0,
  );
  const items = observed.reduce((sum, k) => sum + (histogram[k] ?? 0), 0);
  if (items === 0) return { supremumBits: 0 };
  const shares = Float64Array.from(observed, (k) => (histogram[k] ?? 0) / items);
  const model = repeatBins(accounts, Uint32Array.from(observed));
  const slack = (SLACK_BITS * Math.LN2) / items;
  const points = startingGrid(accounts);
  const columns = [...limits(model.bins, accounts), ...points.map((eta) => column(model, eta))];
  let logDual = maximizeDual(columns, shares);
  for (let round = 0; round < ROUNDS; round++) {
    const peaks = peaksAbove(model, logDual, points, slack);
    if (peaks.length === 0) break;
    points.push(...peaks);
    points.sort((a, b) => a - b);
    columns.push(...peaks.map((eta) => column(model, eta)));
    logDual = maximizeDual(columns, shares);
  }
  const logSupremum = supremumOfTilt(model, logDual, accounts, slack);
  const loss = shares.reduce((sum, p, i) => sum + p * ((logDual[i] ?? 0) - Math.log(p)), 0);
  return { supremumBits: (items * (logSupremum - loss)) / Math.LN2 };
}

/** Even in η from "hardly anyone" to "nearly everyone". */
function startingGrid(accounts: number): number[] {
  const low = Math.log(0.01 / accounts);
  const high = 7;
  return Array.from({ length: GRID }, (_, j) => low + ((high - low) * j) / (GRID - 1));
}

/** P(·|π → 0) = 1{k = 1} and P(·|π → 1) = 1{k = last}. */
function limits(bins: Uint32Array, accounts: number): Float64Array[] {
  const last = Math.min(accounts, LARGEST_REPEAT);
  return [1, last].map((point) => Float64Array.from(bins, (k) => (k === point ? 1 : 0)));
}

function column(model: RepeatBins, eta: number): Float64Array {
  const out = new Float64Array(model.bins.length);
  model.logProbabilities(eta, out);
  return out.map(Math.exp);
}

/** Maxima of ln D between neighbouring points, where they exceed the slack. */
function peaksAbove(
  model: RepeatBins,
  logDual: Float64Array,
  points: readonly number[],
  slack: number,
): number[] {
  const scratch = new Float64Array(model.bins.length);
  const tilt = (eta: number): number => {
    model.logProbabilities(eta, scratch);
    return Math.log(scratch.reduce((sum, logP, i) => sum + Math.exp(logP + (logDual[i] ?? 0)), 0));
  };
  const peaks: number[] = [];
  for (let j = 0; j + 1 < points.length; j++) {
    const [low, high] = [points[j] ?? 0, points[j + 1] ?? 0];
    const eta = goldenSection(tilt, low, high);
    if (tilt(eta) > slack / 2 && high - low > 1e-6) peaks.push(eta);
  }
  return peaks;
}

function goldenSection(f: (x: number) => number, from: number, to: number): number {
  const golden = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [from, to];
  for (let step = 0; step < 16; step++) {
    const left = high - golden * (high - low);
    const right = low + golden * (high - low);
    if (f(left) > f(right)) high = right;
    else low = left;
  }
  return (low + high) / 2;
}
