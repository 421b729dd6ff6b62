import { baselineBusiestDays, baselineFirstExcess } from "../../warehouse/statements.gen.ts";
import { accountNames } from "./account-names.ts";
import type { Baseline } from "./baseline.ts";

const HOUR_SECONDS = 3600;

/** How the threshold is set. */
export interface ThresholdParameters {
  /** The share of accounts whose busiest day stays at or under the threshold. */
  readonly quantile: number;
}

/**
 * A fixed threshold on one account's requests a day: rate limits as every gateway has them. The threshold is the stated
 * quantile of all accounts' busiest days; whoever exceeds it is flagged alone, at the end of the hour in which it does.
 * Linear in account-hours.
 */
export function threshold({ quantile = 0.99 }: Partial<ThresholdParameters> = {}): Baseline {
  return {
    id: "threshold",
    name: "Fixed threshold per account",
    source: "requests an account and day, the rate limit of API gateways",
    async flag(warehouse) {
      const busiest = await warehouse.rows(baselineBusiestDays, {});
      if (busiest.length === 0) return [];
      const limit = upperQuantile(
        busiest.map(({ most }) => most),
        quantile,
      );
      const rows = await warehouse.rows(baselineFirstExcess, { threshold: limit });
      const nameOf = await accountNames(warehouse);
      return rows.map(({ account_hash, time }) => ({
        accounts: [nameOf(account_hash)],
        time: new Date((time + HOUR_SECONDS) * 1000).toISOString(),
      }));
    },
  };
}

/** The least value that at least `share` of the values don't exceed. O(n log n); throws on an empty list. */
export function upperQuantile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  const found = sorted[Math.min(sorted.length, Math.max(1, Math.ceil(share * sorted.length))) - 1];
  if (found === undefined) throw new RangeError("No values to take a quantile of");
  return found;
}
