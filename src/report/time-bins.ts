/** Hours gathered into bins of equal length, so that a chart has at most so many columns. */
export interface TimeBins {
  readonly hoursPerBin: number;
  readonly bins: number;
}

/** The least number of whole hours a bin that gives at most `most` bins; 24 hours are divided evenly where possible. */
export function timeBins(hours: number, most: number): TimeBins {
  const least = Math.max(1, Math.ceil(hours / most));
  const tidy = [1, 2, 3, 4, 6, 8, 12, 24].find((length) => length >= least);
  const hoursPerBin = tidy ?? Math.ceil(least / 24) * 24;
  return { hoursPerBin, bins: Math.max(1, Math.ceil(hours / hoursPerBin)) };
}

/** Sums hourly counts into bins; missing hours count nought. */
export function binned(hourly: readonly number[], { hoursPerBin, bins }: TimeBins): Float64Array {
  const sums = new Float64Array(bins);
  for (let hour = 0; hour < hourly.length; hour++) {
    const bin = Math.floor(hour / hoursPerBin);
    if (bin < bins) sums[bin] = (sums[bin] ?? 0) + (hourly[hour] ?? 0);
  }
  return sums;
}

/** One bin in a sentence: `an hour`, `6 hours`, `a day`, `2 days`. */
export function binPhrase({ hoursPerBin }: TimeBins): string {
  if (hoursPerBin === 1) return "an hour";
  if (hoursPerBin < 24) return `${hoursPerBin} hours`;
  return hoursPerBin === 24 ? "a day" : `${hoursPerBin / 24} days`;
}

/** Several bins in a sentence: `1080 hours`, `180 periods of 6 hours`. */
export function binCount(count: number, bins: TimeBins): string {
  if (bins.hoursPerBin === 1) return count === 1 ? "1 hour" : `${count} hours`;
  if (bins.hoursPerBin === 24) return count === 1 ? "1 day" : `${count} days`;
  return `${count} ${count === 1 ? "period" : "periods"} of ${binPhrase(bins)}`;
}
