/** What an account-by-account comparison of contents needs: sums of unit vectors, one row an account. */
export interface AccountSums {
  /** A×D, row-major: s_a = Σ of account a's sketches, each centred and then scaled to length 1. */
  readonly sums: Float64Array;
  /** n_a ≥ 2: how many sketches are in the row; rows with fewer are passed over. */
  readonly counts: Uint32Array;
  /** D. */
  readonly dimension: number;
}

/** How much an account tells about its contents, account by account and over all. */
export interface AccountSimilarity {
  /** Index of the account of each value: those with n_a ≥ 2, in order. */
  readonly accounts: Uint32Array;
  /** X_a, unclipped: similarity within the account beyond that to the other accounts. Its mean estimates θ without bias. */
  readonly values: Float64Array;
  /** θ = mean of X_a: about 0 where the account tells nothing about the content, above 0 for people. */
  readonly theta: number;
  /** Standard error of θ from the account-level influence values; Infinity for fewer than two accounts. */
  readonly thetaStandardError: number;
}

/**
 * How much more alike an account's contents are to each other than to other accounts' (an intraclass similarity).
 * Formula: X_a = W_a − C_a with W_a = (‖s_a‖² − n_a)/(n_a(n_a − 1)) and C_a = (s_a/n_a)·mean of the other accounts'
 * means. Influence of an account on θ: W_a − 2C_a, as it enters the between part twice. O(A·D).
 */
export function accountSimilarity(input: AccountSums): AccountSimilarity {
  const { sums, counts, dimension } = input;
  const accounts = Uint32Array.from(counts.keys()).filter((a) => (counts[a] ?? 0) >= 2);
  const total = new Float64Array(dimension);
  for (const a of accounts) {
    const n = counts[a] ?? 0;
    for (let d = 0; d < dimension; d++)
      total[d] = (total[d] ?? 0) + (sums[a * dimension + d] ?? 0) / n;
  }
  const size = accounts.length;
  const values = new Float64Array(size);
  const influence = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    const a = accounts[i] ?? 0;
    const n = counts[a] ?? 0;
    let square = 0;
    let cross = 0;
    for (let d = 0; d < dimension; d++) {
      const s = sums[a * dimension + d] ?? 0;
      square += s * s;
      cross += s * (total[d] ?? 0);
    }
    const within = (square - n) / (n * (n - 1));
    const between = size < 2 ? 0 : (cross / n - square / (n * n)) / (size - 1);
    values[i] = within - between;
    influence[i] = within - 2 * between;
  }
  return { accounts, values, theta: mean(values), thetaStandardError: standardError(influence) };
}

function mean(values: Float64Array): number {
  if (values.length === 0) return 0;
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function standardError(values: Float64Array): number {
  const n = values.length;
  if (n < 2) return Infinity;
  const centre = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  return Math.sqrt(squares / (n - 1) / n);
}
