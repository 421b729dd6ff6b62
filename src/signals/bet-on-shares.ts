import { z } from "zod";
import { bettingMean } from "../stats/betting-mean.ts";
import { accountShares } from "./account-shares.ts";
import { type Measurement, percent, silence } from "./signal.ts";
import type { SampledExchange, Slice } from "./slice.ts";

/** The parameter of signals that bet on shares. */
export const THRESHOLD = z
  .number()
  .min(0.1)
  .max(0.9)
  .default(0.5)
  .describe("Share of an account's conversations that the null allows");

/**
 * Bets, account by account, against "at most this share of an account's conversations meets a condition". `what` says in
 * the plural what those do that meet it. O(sampled exchanges).
 */
export function betOnShares(
  slice: Slice,
  threshold: number,
  what: string,
  condition: (exchange: SampledExchange) => boolean,
): Measurement {
  const { shares, mean, examples } = accountShares(slice, condition);
  const reference = { median: threshold, low: 0, high: threshold, n: 0 };
  if (shares.length < 2) return silence(mean, reference);
  return {
    bits: bettingMean(shares, { threshold }),
    value: mean,
    reference,
    sentence: `${percent(mean)} of the sampled conversations of ${shares.length} accounts ${what}; the null allows ${percent(threshold)}.`,
    examples,
    foundGroup: false,
  };
}
