import { clipBits } from "./clip-bits.ts";
import { fitRepeatMixture } from "./fit-repeat-mixture.ts";
import { log2Sum } from "./log2-sum.ts";
import { LARGEST_REPEAT } from "./repeat-bins.ts";

/** How items repeat, in two halves. */
export interface WorklistInput {
  /** f_k of one half of the items (split by keyed hash): entry k = items with exactly k distinct accounts; entry 0 is ignored. */
  readonly first: ArrayLike<number>;
  /** f_k of the other half. */
  readonly second: ArrayLike<number>;
  /** m_eff = (Σ n_a)²/Σ n_a² (`effectiveAccounts`), after accounts covering over 10 % of the items are left out. */
  readonly effectiveAccounts: number;
  readonly capBits?: number;
}

/** What the test found. */
export interface Worklist {
  /** Capped at 30. */
  readonly bits: number;
  readonly items: number;
  /** The most frequent number of accounts an item has, and the share of items that have it. */
  readonly mode: number;
  readonly modeShare: number;
}

/**
 * Evidence, in bits, that items repeat across accounts more regularly than any mixture of independent users' choices.
 * H₀: d_i, the distinct accounts of item i, is a zero-truncated mixture over π of Binomial(m_eff, π), any mixing law.
 * Universal inference, the halves swapped and averaged: E = ½ Σ_halves ∏ alt(d_i)/sup_w P_w(d_i), the alternative
 * smoothed on the other half, the supremum certified from above: log sup ≤ ℓ(ŵ) + N log max_π D(π).
 * m_eff is rounded down and d above min(m_eff, 64) counts as that bin: both can only lose evidence. Items with one account
 * testify nothing (π → 0 explains them). 0 bits where m_eff < 2 or a half is empty.
 * Source: evidence.md §7; Wasserman, Ramdas & Balakrishnan 2020; certificate: Lindsay 1983. O(K·grid·iterations).
 */
export function worklist(input: WorklistInput): Worklist {
  const shape = describe(input);
  const accounts = Math.floor(input.effectiveAccounts);
  if (!(accounts >= 2)) return { bits: 0, ...shape };
  const first = binned(input.first, accounts);
  const second = binned(input.second, accounts);
  if (sum(first) === 0 || sum(second) === 0) return { bits: 0, ...shape };
  const halves = [ratioBits(first, second, accounts), ratioBits(second, first, accounts)];
  return { bits: clipBits(log2Sum(halves) - 1, input.capBits ?? 30), ...shape };
}

/** log₂ of the likelihood ratio on `test` of the alternative learned on `learn` against the best null. */
function ratioBits(learn: Float64Array, test: Float64Array, accounts: number): number {
  const alternative = smoothed(learn);
  const nullBits = fitRepeatMixture(test, accounts).supremumBits;
  let bits = -nullBits;
  for (let k = 1; k < test.length; k++) {
    const count = test[k] ?? 0;
    if (count > 0) bits += count * Math.log2(alternative[k] ?? 0);
  }
  return bits;
}

/** Frequencies with one item's worth of 1/(k(k+1)) added, so that no bin is impossible. */
function smoothed(histogram: Float64Array): Float64Array {
  const last = histogram.length - 1;
  const items = sum(histogram);
  return histogram.map((count, k) => {
    if (k === 0) return 0;
    return (count + (k === last ? 1 / k : 1 / (k * (k + 1)))) / (items + 1);
  });
}

/** Entries 1 … min(m, 64), the last holding everything above. */
function binned(histogram: ArrayLike<number>, accounts: number): Float64Array {
  const last = Math.min(accounts, LARGEST_REPEAT);
  const bins = new Float64Array(last + 1);
  for (let k = 1; k < histogram.length; k++) {
    const bin = Math.min(k, last);
    bins[bin] = (bins[bin] ?? 0) + (histogram[k] ?? 0);
  }
  return bins;
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}

function describe(input: WorklistInput): Omit<Worklist, "bits"> {
  let items = 0;
  let mode = 0;
  let most = 0;
  for (let k = 1; k < Math.max(input.first.length, input.second.length); k++) {
    const count = (input.first[k] ?? 0) + (input.second[k] ?? 0);
    items += count;
    if (count > most) [mode, most] = [k, count];
  }
  return { items, mode, modeShare: items === 0 ? 0 : most / items };
}
