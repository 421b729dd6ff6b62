import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arrivalWeightBits, onlineEbh } from "../../src/stats/online-ebh.ts";
import { random } from "../../src/stats/random.ts";
import { normal } from "./draws.ts";

const list = fc.array(fc.double({ min: -100, max: 60, noNaN: true }), { maxLength: 40 });

describe("onlineEbh", () => {
  it("spends weights that sum to at most 1", () => {
    let sum = 0;
    for (let k = 1; k <= 200_000; k++) sum += 2 ** arrivalWeightBits(k);
    // The rest is below ∫ 0.47/(x ln²x) = 0.47/ln(200,000).
    expect(sum + 0.47 / Math.log(200_000)).toBeLessThanOrEqual(1);
  });

  it("needs 13.7 bits of M for the tenth alone at q = .01", () => {
    const bits = new Float64Array(10).fill(-50);
    bits[9] = 13.6;
    expect(onlineEbh(bits, 0.01).rejections).toBe(0);
    bits[9] = 13.8;
    expect([...onlineEbh(bits, 0.01).flagged]).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
  });

  it("flags two together that neither could be alone", () => {
    const need = (k: number) => -Math.log2(0.01) - arrivalWeightBits(k);
    const bits = [need(1) - 0.9, need(2) - 0.9];
    expect(onlineEbh(bits, 0.01).rejections).toBe(2);
    expect(onlineEbh(bits.slice(0, 1), 0.01).rejections).toBe(0);
  });

  it("is self-consistent and the largest such set, by trying every size", () => {
    fc.assert(
      fc.property(list, fc.double({ min: 0.001, max: 0.5, noNaN: true }), (bits, q) => {
        const { rejections, flagged } = onlineEbh(bits, q);
        const meets = (k: number, size: number) =>
          (bits[k] ?? 0) + arrivalWeightBits(k + 1) + Math.log2(size) >= -Math.log2(q);
        let largest = 0;
        for (let size = 1; size <= bits.length; size++) {
          if (bits.filter((_, k) => meets(k, size)).length >= size) largest = size;
        }
        expect(rejections).toBe(largest);
        expect(flagged.reduce((sum, f) => sum + f, 0)).toBe(largest);
        for (const [k] of bits.entries())
          if (flagged[k] === 1) expect(meets(k, largest)).toBe(true);
      }),
    );
  });

  it("gives as q-value the least q that flags", () => {
    fc.assert(
      fc.property(list, (bits) => {
        const { qValues } = onlineEbh(bits, 0.01);
        for (const [k, q] of qValues.entries()) {
          expect(q > 0 && q <= 1).toBe(true);
          if (q >= 1) continue;
          expect(onlineEbh(bits, q * (1 + 1e-9)).flagged[k]).toBe(1);
          expect(onlineEbh(bits, q * (1 - 1e-9)).flagged[k]).toBe(0);
        }
      }),
    );
  });

  it("never withdraws a flag as evidence grows and lineages arrive", () => {
    fc.assert(
      fc.property(
        list,
        list,
        fc.array(fc.double({ min: 0, max: 9, noNaN: true })),
        (bits, later, growth) => {
          const before = onlineEbh(bits, 0.05);
          const grown = [...bits.map((b, i) => b + (growth[i] ?? 0)), ...later];
          const after = onlineEbh(grown, 0.05);
          for (const [k, flag] of before.flagged.entries()) {
            if (flag === 1) expect(after.flagged[k]).toBe(1);
            expect(after.qValues[k]).toBeLessThanOrEqual((before.qValues[k] ?? 1) + 1e-12);
          }
        },
      ),
    );
  });

  it("keeps the false share of flags under q where half the lineages are null", () => {
    let falseShare = 0;
    const worlds = 800;
    for (let seed = 0; seed < worlds; seed++) {
      const next = random(seed);
      const bits = Array.from(
        { length: 40 },
        (_, k) => (2 * normal(next) - 2 + (k % 2) * 8) * Math.LOG2E,
      );
      const { flagged, rejections } = onlineEbh(bits, 0.2);
      const wrong = flagged.reduce((sum, flag, k) => sum + (k % 2 === 0 ? flag : 0), 0);
      falseShare += rejections === 0 ? 0 : wrong / rejections / worlds;
    }
    expect(falseShare).toBeLessThanOrEqual(0.2);
  });

  it("takes an empty list", () => {
    expect(onlineEbh([], 0.01)).toEqual({
      rejections: 0,
      flagged: new Uint8Array(0),
      qValues: new Float64Array(0),
    });
  });
});
