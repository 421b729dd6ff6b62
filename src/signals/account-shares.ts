import { type SampledExchange, selected, type Slice, tested } from "./slice.ts";

/** By tested account with a sample: the share of its sampled exchanges that meet a condition, and examples that do. */
export function accountShares(
  slice: Slice,
  condition: (exchange: SampledExchange) => boolean,
): { readonly shares: Float64Array; readonly mean: number; readonly examples: readonly bigint[] } {
  const shares: number[] = [];
  const examples: bigint[] = [];
  for (const account of tested(slice)) {
    const sample = selected(slice, account);
    if (sample.length === 0) continue;
    let met = 0;
    for (const exchange of sample) {
      if (!condition(exchange)) continue;
      met += 1;
      if (met === 1 && examples.length < 5) examples.push(exchange.id);
    }
    shares.push(met / sample.length);
  }
  const mean = shares.length === 0 ? 0 : shares.reduce((a, b) => a + b, 0) / shares.length;
  return { shares: Float64Array.from(shares), mean, examples };
}
