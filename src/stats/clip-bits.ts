/** The least evidence ever returned: what stands for log₂ 0 so that sums stay finite. */
export const FLOOR_BITS = -1000;

/**
 * Keeps evidence finite: NaN → 0 (no evidence), below the floor → the floor, above the cap → the cap.
 * min(E, 2^cap) ≤ E, so a cap never harms validity; the floor raises E by at most 2⁻¹⁰⁰⁰.
 */
export function clipBits(bits: number, capBits: number = -FLOOR_BITS): number {
  if (Number.isNaN(bits)) return 0;
  return Math.max(FLOOR_BITS, Math.min(capBits, bits));
}
