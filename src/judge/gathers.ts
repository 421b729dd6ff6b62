import { keyed } from "./roster.ts";

/**
 * True for half of all pairs of accounts, by keyed hash of both, whichever comes first. Echoes within this half may
 * gather a group; such a group is then tested on those within the other half.
 */
export function gathers(a: bigint, b: bigint, seed: number): boolean {
  const both = a ^ b;
  return (keyed(Number(both & 0xffffffffn), Number(both >> 32n), seed ^ 0x6b43a9b5) & 1) === 0;
}
