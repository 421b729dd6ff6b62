/** Uniform draws in [0, 1), the same for the same seed on every machine. */
export type Random = () => number;

/**
 * A seeded generator of uniform draws with 32 bits of state: shift draws and simulations, never secrets.
 * Source: mulberry32 (T. Ettinger, 2017, public domain). O(1) a draw.
 */
export function random(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
