import { random } from "../../stats/random.ts";
import { squaredDistances, type PromptSketch } from "./prompt-sketch.ts";

/** About so many pairs of requests give the median distance. */
const MEDIAN_PAIRS = 4096;

/** A sample of the provider's own history, and its kernel, so that many windows can be compared with it. */
export interface History {
  readonly sketches: readonly PromptSketch[];
  /** −1/(2σ²), σ the median distance of the history's requests. */
  readonly scale: number;
  /** k of every pair, row by row; 0 on the diagonal, so that sums leave it out. */
  readonly kernel: Float32Array;
  readonly rowSums: Float64Array;
}

/** Computes the kernel once. O(n²) time and memory: 9 MB for 1,500 requests. Throws a RangeError where there are fewer than two. */
export function makeHistory(sketches: readonly PromptSketch[]): History {
  const size = sketches.length;
  if (size < 2) throw new RangeError(`A history needs two requests, not ${size}`);
  const kernel = squaredDistances(sketches, sketches);
  const scale = -1 / (2 * medianSquare(kernel, size));
  toKernel(kernel, scale);
  for (let i = 0; i < size; i++) kernel[i * size + i] = 0;
  return { sketches, scale, kernel, rowSums: sumsOfRows(kernel, size) };
}

/** How strict a window's test is. */
export interface MmdOptions {
  /** The rate at which windows drawn like the history may be flagged. */
  readonly fpr: number;
  /** Permutations; the least p-value is 1/(permutations + 1), so 1/fpr − 1 at the least. */
  readonly permutations: number;
  readonly seed: number;
}

/** What a window's test found. */
export interface MmdResult {
  /** The unbiased MMD² of window and history; about 0, on either side, where both are drawn alike. */
  readonly statistic: number;
  /** What the statistic must reach: the upper `fpr` quantile of the permutations and itself. */
  readonly threshold: number;
  /** (1 + permutations that reach the statistic) / (1 + permutations). */
  readonly p: number;
  readonly flagged: boolean;
}

/**
 * Is a window of requests drawn like the provider's history? Maximum mean discrepancy with the kernel
 * exp(−d²/(2σ²)), σ the median distance of the history's requests; unbiased:
 * MMD² = Σ_{i≠j} k(x,x′)/(n(n−1)) + Σ_{i≠j} k(y,y′)/(m(m−1)) − 2 Σ k(x,y)/(nm). The threshold is taken from
 * permutations of the pooled requests, so that a window drawn like the history is flagged with probability ≤ fpr.
 * Sources: Gretton et al., JMLR 2012; windows against benign history: arXiv 2606.05725. O((n + m)² + permutations · min(n, m)²).
 * Throws a RangeError where the window has fewer than two requests.
 */
export function mmdWindow(
  window: readonly PromptSketch[],
  history: History,
  options: MmdOptions,
): MmdResult {
  const [n, m] = [window.length, history.sketches.length];
  if (n < 2) throw new RangeError(`A window needs two requests, not ${n}`);
  const draw = random(options.seed);
  const { kernel, rowSums } = pooled(window, history);
  const total = rowSums.reduce((sum, value) => sum + value, 0);
  // The smaller side's sum gives the others: Σ over both is constant.
  const small = Math.min(n, m);
  const statisticOf = (order: Uint32Array): number => {
    const inside = pairSum(kernel, order, small, n + m);
    let across = -inside;
    for (let i = 0; i < small; i++) across += rowSums[order[i]!]!;
    const outside = total - inside - 2 * across;
    const large = n + m - small;
    return (
      inside / (small * (small - 1)) + outside / (large * (large - 1)) - (2 * across) / (n * m)
    );
  };
  const order = Uint32Array.from({ length: n + m }, (_, i) => (n <= m ? i : (i + n) % (n + m)));
  const statistic = statisticOf(order);
  const drawn = new Float64Array(options.permutations + 1);
  drawn[0] = statistic;
  let reached = 1;
  for (let turn = 1; turn <= options.permutations; turn++) {
    for (let i = 0; i < small; i++) {
      const j = i + Math.floor(draw() * (n + m - i));
      const kept = order[i]!;
      order[i] = order[j]!;
      order[j] = kept;
    }
    drawn[turn] = statisticOf(order);
    if (drawn[turn]! >= statistic) reached += 1;
  }
  drawn.sort();
  const p = reached / drawn.length;
  const least = Math.floor(options.fpr * drawn.length);
  return {
    statistic,
    threshold: least === 0 ? Infinity : drawn[drawn.length - least]!,
    p,
    flagged: p <= options.fpr,
  };
}

/** The statistic of `mmdWindow` alone, for a threshold from elsewhere. O((n + m) · n). Throws a RangeError where the window has fewer than two requests. */
export function mmdStatistic(window: readonly PromptSketch[], history: History): number {
  const [n, m] = [window.length, history.sketches.length];
  if (n < 2) throw new RangeError(`A window needs two requests, not ${n}`);
  const own = squaredDistances(window, window);
  let inside = 0;
  for (let i = 1; i < n; i++)
    for (let j = 0; j < i; j++) inside += Math.exp(own[i * n + j]! * history.scale);
  let across = 0;
  for (const distance of squaredDistances(window, history.sketches))
    across += Math.exp(distance * history.scale);
  const outside = history.rowSums.reduce((sum, value) => sum + value, 0);
  return (2 * inside) / (n * (n - 1)) + outside / (m * (m - 1)) - (2 * across) / (n * m);
}

/** The kernel of the pooled requests, the window's first. */
function pooled(
  window: readonly PromptSketch[],
  history: History,
): { readonly kernel: Float32Array; readonly rowSums: Float64Array } {
  const [n, m] = [window.length, history.sketches.length];
  const size = n + m;
  const own = toKernel(squaredDistances(window, window), history.scale);
  for (let i = 0; i < n; i++) own[i * n + i] = 0;
  const across = toKernel(squaredDistances(window, history.sketches), history.scale);
  const ownSums = sumsOfRows(own, n);
  const acrossSums = sumsOfRows(across, m);
  const kernel = new Float32Array(size * size);
  const rowSums = new Float64Array(size);
  for (let i = 0; i < n; i++) {
    kernel.set(own.subarray(i * n, (i + 1) * n), i * size);
    kernel.set(across.subarray(i * m, (i + 1) * m), i * size + n);
    rowSums[i] = ownSums[i]! + acrossSums[i]!;
  }
  for (let j = 0; j < m; j++) {
    const row = (n + j) * size;
    let sum = 0;
    for (let i = 0; i < n; i++) sum += kernel[row + i] = across[i * m + j]!;
    kernel.set(history.kernel.subarray(j * m, (j + 1) * m), row + n);
    rowSums[n + j] = sum + history.rowSums[j]!;
  }
  return { kernel, rowSums };
}

/** exp(scale · d²), in place. */
function toKernel(distances: Float32Array<ArrayBuffer>, scale: number): Float32Array<ArrayBuffer> {
  for (let i = 0; i < distances.length; i++) distances[i] = Math.exp(distances[i]! * scale);
  return distances;
}

/** The median squared distance of pairs spread evenly over all; 1 where more than half of them are equal. */
function medianSquare(distances: Float32Array, size: number): number {
  const pairs = (size * (size - 1)) / 2;
  const every = Math.max(1, Math.floor(pairs / MEDIAN_PAIRS));
  const sample: number[] = [];
  for (let i = 1, at = 0; i < size; i++)
    for (let j = 0; j < i; j++, at++) if (at % every === 0) sample.push(distances[i * size + j]!);
  return Float32Array.from(sample).sort()[sample.length >> 1]! || 1;
}

function sumsOfRows(values: Float32Array, width: number): Float64Array {
  const sums = new Float64Array(values.length / width);
  for (let i = 0; i < sums.length; i++) {
    let sum = 0;
    for (let j = 0; j < width; j++) sum += values[i * width + j]!;
    sums[i] = sum;
  }
  return sums;
}

/** Σ over ordered pairs of the first `count` of `order`. */
function pairSum(kernel: Float32Array, order: Uint32Array, count: number, size: number): number {
  let sum = 0;
  for (let i = 1; i < count; i++) {
    const row = order[i]! * size;
    for (let j = 0; j < i; j++) sum += kernel[row + order[j]!]!;
  }
  return 2 * sum;
}
