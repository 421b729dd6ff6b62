const BARRIERS = [1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10];
const NEWTON_STEPS = 100;

/**
 * The dual of a mixture fit on a finite grid: maximizes Σ p_i u_i subject to Σ_i e^{u_i} P_ij ≤ 1 for every grid column j,
 * and returns u. Barrier method: minimizes −Σ p_i u_i − t Σ_j ln(1 − Σ_i e^{u_i} P_ij), convex in u, for falling t; the
 * answer lies within t·(number of columns) of the optimum. `columns[j][i]` = P(bin i | point j); every bin needs
 * a column where it is possible. Source: Koenker & Mizera 2014. O(Newton steps · grid · bins²).
 */
export function maximizeDual(columns: readonly Float64Array[], shares: Float64Array): Float64Array {
  let u: Float64Array = shares.map((p, i) => {
    const most = columns.reduce((largest, column) => Math.max(largest, column[i] ?? 0), 0);
    return Math.log((0.5 * p) / Math.max(most, 1e-300));
  });
  for (const t of BARRIERS) {
    for (let step = 0; step < NEWTON_STEPS; step++) {
      const { gradient, hessian, value } = derivatives(columns, shares, u, t);
      const direction = solve(hessian, gradient);
      const decrease = direction.reduce((sum, d, i) => sum + d * (gradient[i] ?? 0), 0);
      if (!(decrease > t * 1e-3)) break;
      const next = descend(columns, shares, { u, t, value, direction, decrease });
      if (next === undefined) break;
      u = next;
    }
  }
  return u;
}

interface Step {
  readonly u: Float64Array;
  readonly t: number;
  readonly value: number;
  readonly direction: Float64Array;
  readonly decrease: number;
}

/** Backtracks along −direction until the objective falls enough; undefined where rounding forbids any progress. */
function descend(
  columns: readonly Float64Array[],
  shares: Float64Array,
  { u, t, value, direction, decrease }: Step,
): Float64Array | undefined {
  for (let length = 1; length > 1e-10; length /= 2) {
    const candidate = u.map((x, i) => x - length * (direction[i] ?? 0));
    if (objective(columns, shares, candidate, t) <= value - 0.1 * length * decrease)
      return candidate;
  }
  return undefined;
}

function objective(
  columns: readonly Float64Array[],
  shares: Float64Array,
  u: Float64Array,
  t: number,
): number {
  const v = u.map(Math.exp);
  let value = 0;
  for (let i = 0; i < u.length; i++) value -= (shares[i] ?? 0) * (u[i] ?? 0);
  for (const column of columns) {
    let room = 1;
    for (let i = 0; i < v.length; i++) room -= (v[i] ?? 0) * (column[i] ?? 0);
    if (!(room > 0)) return Infinity;
    value -= t * Math.log(room);
  }
  return value;
}

function derivatives(
  columns: readonly Float64Array[],
  shares: Float64Array,
  u: Float64Array,
  t: number,
): { gradient: Float64Array; hessian: Float64Array; value: number } {
  const size = u.length;
  const v = u.map(Math.exp);
  const gradient = shares.map((p) => -p);
  const hessian = new Float64Array(size * size);
  const scaled = new Float64Array(size);
  for (const column of columns) {
    let room = 1;
    for (let i = 0; i < size; i++) {
      scaled[i] = (v[i] ?? 0) * (column[i] ?? 0);
      room -= scaled[i] ?? 0;
    }
    const weight = t / room;
    for (let i = 0; i < size; i++) {
      const own = weight * (scaled[i] ?? 0);
      gradient[i] = (gradient[i] ?? 0) + own;
      hessian[i * size + i] = (hessian[i * size + i] ?? 0) + own;
      for (let j = 0; j <= i; j++) {
        hessian[i * size + j] = (hessian[i * size + j] ?? 0) + (own * (scaled[j] ?? 0)) / room;
      }
    }
  }
  return { gradient, hessian, value: objective(columns, shares, u, t) };
}

/** Cholesky solution of a symmetric positive definite system given by its lower triangle (row-major). O(size³). */
function solve(lower: Float64Array, right: Float64Array): Float64Array {
  const size = right.length;
  const at = (i: number, j: number): number => lower[i * size + j] ?? 0;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = at(i, j);
      for (let k = 0; k < j; k++) sum -= at(i, k) * at(j, k);
      lower[i * size + j] = i === j ? Math.sqrt(Math.max(sum, 1e-300)) : sum / at(j, j);
    }
  }
  const x = Float64Array.from(right);
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) x[i] = (x[i] ?? 0) - at(i, k) * (x[k] ?? 0);
    x[i] = (x[i] ?? 0) / at(i, i);
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) x[i] = (x[i] ?? 0) - at(k, i) * (x[k] ?? 0);
    x[i] = (x[i] ?? 0) / at(i, i);
  }
  return x;
}
