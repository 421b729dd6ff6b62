import type { Power } from "../../src/core/power.ts";

/** What a scan that flagged nothing could say of its power. */
export function samplePower(): Power {
  const each = { requests_a_day: 8, days: 4 };
  return {
    smallest: { accounts: 32, ...each },
    tried: [
      { accounts: 24, ...each, trials: 5, found: 3 },
      { accounts: 32, ...each, trials: 10, found: 9 },
    ],
    sample: { exchanges: 7120, accounts: 416 },
    reason: "",
  };
}
