import { accountSimilarity, type AccountSums } from "./account-similarity.ts";
import { clipBits } from "./clip-bits.ts";

/** How accounts with at least `leastCount` exchanges (and fewer than the next stratum's) are tested. */
export interface InterchangeStratum {
  readonly leastCount: number;
  /** c, above which X counts as c. */
  readonly clip: number;
  /** f: what falls below −f is thrown back above it, since identical work, unlike dealt work, falls far below 0. */
  readonly fold: number;
  /** θ₀, the least mean of clipped X among independent parties; below c. */
  readonly theta0: number;
  /** Variance of X expected before the first account; it steers power, not validity. */
  readonly priorVariance: number;
}

/** The strata of the test and the bounds of its evidence. */
export interface InterchangeParameters {
  /** Ascending by `leastCount`. */
  readonly strata: readonly InterchangeStratum[];
  /** 10; 30 where harvest is confirmed and the list test is clear. */
  readonly capBits: number;
  /** θ this many standard errors below 0 means identical work (exercises, a benchmark): no evidence. */
  readonly negativeZ: number;
}

/**
 * Constants, and not estimates from a provider's own groups: those know the causes they saw, and the group at hand has
 * another (docs/adr/0024-theta0.md). With a dozen contents and more the noise of X falls to a few thousandths while people
 * stay at .04 and above, so that a narrow clip keeps their mean above θ₀ and lets a bet win nearly a bit an account
 * (docs/evidence.md §6).
 */
export const INTERCHANGE_PARAMETERS: InterchangeParameters = {
  strata: [
    { leastCount: 2, clip: 0.1, fold: 0.2, theta0: 0.005, priorVariance: 0.004 },
    { leastCount: 4, clip: 0.03, fold: 0.02, theta0: 0.01, priorVariance: 0.0003 },
    { leastCount: 12, clip: 0.02, fold: 0.005, theta0: 0.01, priorVariance: 0.00004 },
  ],
  capBits: 10,
  negativeZ: 2.326,
};

/** Rows in keyed-hash order of their payers. */
export interface InterchangeInput extends AccountSums {
  /** By row: who answers for the account, those of one together. Rows of one payer are no strangers and make one bet. Absent: each its own. */
  readonly payers?: Uint32Array;
  readonly parameters?: InterchangeParameters;
}

/** What the test found. */
export interface Interchange {
  /** Capped; 0 where `significantlyNegative`. */
  readonly bits: number;
  readonly theta: number;
  /** Infinity for fewer than two accounts. */
  readonly thetaStandardError: number;
  /** Accounts with n_a ≥ 2, which is what the test had. */
  readonly accounts: number;
  readonly significantlyNegative: boolean;
}

/**
 * Evidence, in bits, that who asked tells nothing about what was asked. H₀: θ ≥ θ₀ > 0, accounts differ as people's do.
 * Formula: E = ∏(1 + λ_a(θ₀ − x_a)), x_a = min(c, max(X_a, −2f − X_a)), 0 ≤ λ_a ≤ .9/(c − θ₀),
 * λ_a = (θ₀ − μ̂)⁺/(σ̂² + (θ₀ − μ̂)²) from earlier accounts of the stratum, and
 * X_a = mean over pairs i ≠ j of (v_i − c_a)·(v_j − c_a), c_a the shrunken mean of earlier accounts' means.
 * For *any* centre fixed by the past E[X_a] = θ + ‖μ − c_a‖² ≥ θ, so the bet holds given the past; the single-sided
 * centring of evidence.md §6 holds on average only (docs/adr/0004-evidence.md). Shrinking (James–Stein) keeps the added
 * ‖μ − c_a‖² near 0 where the sketches are already centred. O(A·D).
 */
export function interchange(input: InterchangeInput): Interchange {
  const parameters = input.parameters ?? INTERCHANGE_PARAMETERS;
  const { accounts, theta, thetaStandardError } = accountSimilarity(input);
  const significantlyNegative = theta < -parameters.negativeZ * thetaStandardError;
  const bits = significantlyNegative ? 0 : bet(input, accounts, parameters.strata);
  return {
    bits: clipBits(bits, parameters.capBits),
    theta,
    thetaStandardError,
    accounts: accounts.length,
    significantlyNegative,
  };
}

function bet(
  input: InterchangeInput,
  accounts: Uint32Array,
  strata: readonly InterchangeStratum[],
): number {
  const bettors = strata.map(bettor);
  let bits = 0;
  for (const { count, value, excess } of centredOnThePast(input, accounts)) {
    const stratum = strata.findLastIndex((s) => count >= s.leastCount);
    bits += bettors[stratum]?.(value, excess) ?? 0;
  }
  return bits;
}

/** Accounts' worth of belief, before the first one, that X is around 0. */
const PRIOR_WEIGHT = 6;

/**
 * Lays one bet after another and returns each one's bits; remembers what it has seen. `excess` is what a badly known
 * centre is expected to add to X: the stake allows for it, so that nothing is lost while the centre is learned.
 */
function bettor(stratum: InterchangeStratum): (similarity: number, excess: number) => number {
  const { clip, fold, theta0, priorVariance } = stratum;
  const largest = 0.9 / (clip - theta0);
  let weight = PRIOR_WEIGHT;
  let mean = 0;
  let squares = PRIOR_WEIGHT * priorVariance;
  return (similarity, excess) => {
    if (excess === Infinity) return 0;
    const x = Math.min(clip, Math.max(similarity, -2 * fold - similarity));
    const edge = Math.max(0, theta0 - mean - excess);
    const stake = Math.min(largest, edge / (squares / weight + edge * edge));
    weight += 1;
    const step = x - excess - mean;
    mean += step / weight;
    squares += step * (x - excess - mean);
    return Math.log2(1 + stake * (theta0 - x));
  };
}

/** What is bet on: a payer's accounts on average, or an account. */
interface Centred {
  /** n_a. */
  readonly count: number;
  /** X_a around the shrunken mean of those before. */
  readonly value: number;
  /** Estimate, from those before, of what the centre's error adds to X_a: ‖μ − c_a‖². */
  readonly excess: number;
}

/** Every payer in turn: the accounts that another answers for are its past, and its own are not. O(A·D). */
function* centredOnThePast(input: InterchangeInput, accounts: Uint32Array): Generator<Centred> {
  const { sums, counts, dimension, payers } = input;
  const total = new Float64Array(dimension);
  const own = new Float64Array(dimension);
  let totalSquare = 0;
  let ownSquares = 0;
  let before = 0;
  for (let from = 0, to = 0; from < accounts.length; from = to) {
    const payerOf = (i: number): number => payers?.[accounts[i] ?? -1] ?? -1 - i;
    for (to = from + 1; payerOf(to) === payerOf(from);) to += 1;
    const centre = shrunkenCentre(before, totalSquare, ownSquares);
    own.fill(0);
    let [count, value] = [0, 0];
    for (let i = from; i < to; i++) {
      const a = accounts[i]!;
      const n = counts[a] ?? 0;
      let square = 0;
      let cross = 0;
      for (let d = 0; d < dimension; d++) {
        const s = sums[a * dimension + d] ?? 0;
        square += s * s;
        cross += s * (total[d] ?? 0);
        own[d]! += s / n;
      }
      const within = (square - n) / (n * (n - 1));
      count += n / (to - from);
      value += (within - (2 * centre.scale * cross) / n) / (to - from);
    }
    yield {
      count: Math.floor(count),
      value: value + centre.scale ** 2 * totalSquare,
      excess: centre.excess,
    };
    let [square, cross] = [0, 0];
    for (let d = 0; d < dimension; d++) {
      const mean = own[d]! / (to - from);
      square += mean * mean;
      cross += mean * total[d]!;
      total[d]! += mean;
    }
    ownSquares += square;
    totalSquare += 2 * cross + square;
    before += 1;
  }
}

/**
 * The factor that turns the sum of `size` account means into the shrunken mean κ·mean, κ = (unbiased ‖μ‖²)⁺/‖mean‖², and
 * its expected squared error κ²·(‖mean‖² − ‖μ‖²) + (1 − κ)²·‖μ‖². Two accounts must be seen before any bet.
 */
function shrunkenCentre(
  size: number,
  totalSquare: number,
  ownSquares: number,
): { scale: number; excess: number } {
  if (size < 2) return { scale: 0, excess: Infinity };
  if (!(totalSquare > 0)) return { scale: 0, excess: 0 };
  const meanSquare = totalSquare / (size * size);
  const square = Math.max(0, totalSquare - ownSquares) / (size * (size - 1));
  const kept = Math.min(1, square / meanSquare);
  const excess = kept ** 2 * Math.max(0, meanSquare - square) + (1 - kept) ** 2 * square;
  return { scale: kept / size, excess };
}
