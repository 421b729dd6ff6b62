/** The largest share of times that lie within one stretch of `length`, in the times' own unit; 0 for none. O(n log n). */
export function densestShare(times: readonly number[], length: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  let from = 0;
  let most = 0;
  for (const [to, time] of sorted.entries()) {
    while (time - sorted[from]! > length) from += 1;
    most = Math.max(most, to - from + 1);
  }
  return most / Math.max(1, sorted.length);
}
