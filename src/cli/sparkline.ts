const BARS = "▁▂▃▄▅▆▇█";

/**
 * Counts as a row of at most `width` bars, each the sum of equally many counts (the last perhaps of fewer); nothing is
 * drawn for 0, and the tallest bar is the largest sum. `columnOf` says which bar a count went into. O(counts).
 */
export function sparkline(
  counts: readonly number[],
  width: number,
): { readonly bars: string; readonly columnOf: (index: number) => number } {
  const each = Math.max(1, Math.ceil(counts.length / width));
  const sums = Array.from({ length: Math.ceil(counts.length / each) }, (_, column) =>
    counts.slice(column * each, (column + 1) * each).reduce((sum, n) => sum + n, 0),
  );
  const most = Math.max(1, ...sums);
  const bar = (n: number): string =>
    n === 0 ? " " : BARS[Math.min(BARS.length - 1, Math.floor((n / most) * BARS.length))]!;
  return {
    bars: sums.map(bar).join(""),
    columnOf: (index) => Math.max(0, Math.min(sums.length - 1, Math.floor(index / each))),
  };
}
