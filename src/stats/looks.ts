import { clipBits } from "./clip-bits.ts";
import { log2Sum } from "./log2-sum.ts";

/** Slice volume (exchanges) of the first look; look j comes at 64·2^(j/2). */
export const FIRST_LOOK_EXCHANGES = 64;

/** How many looks a test slice of this many exchanges has reached: 0 below 64, 1 from 64, 2 from 91, 3 from 128, … O(1). */
export function looksReached(sliceExchanges: number): number {
  if (!(sliceExchanges >= FIRST_LOOK_EXCHANGES)) return 0;
  return Math.floor(2 * Math.log2(sliceExchanges / FIRST_LOOK_EXCHANGES)) + 1;
}

/** log₂ of look j's weight w_j = 1/((j+1)(j+2)), j from 0; the weights sum to 1. */
export function lookWeightBits(look: number): number {
  return -Math.log2((look + 1) * (look + 2));
}

/**
 * Adds look j's evidence to a group's running log₂ M; `undefined` before its first look.
 * Formula: M(t) = Σ_{looks reached} w_j·E_j, an e-value at any stopping time under any dependence of the E_j,
 * because Σ w_j = 1 and every E_j has expectation ≤ 1 (evidence.md §2). It never falls.
 * Looks passed within one tick are added one by one with the same evidence. O(1).
 */
export function addLook(running: number | undefined, look: number, bits: number): number {
  const term = lookWeightBits(look) + bits;
  return clipBits(running === undefined ? term : log2Sum([running, term]));
}
