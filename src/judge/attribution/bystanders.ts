/** Below a tenth of an account's traffic, chance may do. */
const LEAST_SHARE = 0.1;
/** Who sends a small part of what the median member sends happens to ask the same. */
const BYSTANDER_SHARE = 0.05;
/** … and so does who sends the group's kind of request far more rarely among others than the median member. */
const BYSTANDER_RELATIVE = 1 / 3;

/** Exchanges that a member sends to its group at the least, from what all of them send. */
export function leastSent(exchanges: readonly number[]): number {
  return BYSTANDER_SHARE * median(exchanges);
}

/** Share of its traffic that a member sends to its group at the least, from all of theirs; `followed` in whatever they send else, it may be any part. */
export function leastShareOf(shares: readonly number[], followed = false): number {
  return Math.max(followed ? 0 : LEAST_SHARE, BYSTANDER_RELATIVE * median(shares));
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
