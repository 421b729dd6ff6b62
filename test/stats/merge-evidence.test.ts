import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mergeEvidence } from "../../src/stats/merge-evidence.ts";

const singletons = ["identity", "time", "content", "output"];
const chains = [singletons];

describe("mergeEvidence", () => {
  it("gives singletons and chains half each", () => {
    const bits = new Map([
      ["identity", 10],
      ["output", 20],
    ]);
    // ½·¼·(2¹⁰ + 1 + 1 + 2²⁰) + ½·½(1 + 2¹⁰)·½(1 + 2²⁰)
    const expected = Math.log2(
      0.125 * (2 ** 10 + 2 + 2 ** 20) + 0.5 * 0.25 * (1 + 2 ** 10) * (1 + 2 ** 20),
    );
    expect(mergeEvidence({ bits, singletons, chains })).toBeCloseTo(expected, 12);
  });

  it("costs three bits where one of four channels speaks and there is no chain product to gain", () => {
    const bits = new Map([["output", 40]]);
    expect(mergeEvidence({ bits, singletons, chains: [] })).toBeCloseTo(38, 6);
    expect(mergeEvidence({ bits, singletons, chains: [["identity", "time"]] })).toBeCloseTo(37, 6);
  });

  it("loses one bit a channel of a chain, however much one of them speaks against", () => {
    const bits = new Map([
      ["time", 12],
      ["content", 14],
      ["output", -400],
    ]);
    // Half of everything goes to the chain: one bit; each of the three channels that are known keeps half of its stake back: three.
    expect(mergeEvidence({ bits, singletons, chains })).toBeCloseTo(12 + 14 - 1 - 3, 1);
  });

  it("is 0 bits where all channels are blind, or none is declared", () => {
    expect(mergeEvidence({ bits: new Map(), singletons, chains })).toBeCloseTo(0, 12);
    expect(mergeEvidence({ bits: new Map([["time", 9]]), singletons: [], chains: [] })).toBe(0);
  });

  it("rises with every channel, stays finite, and never exceeds the best product", () => {
    const bit = fc.double({ min: -1000, max: 300, noNaN: true });
    fc.assert(
      fc.property(bit, bit, bit, fc.double({ min: 0, max: 50, noNaN: true }), (a, b, c, more) => {
        const at = (first: number) =>
          mergeEvidence({
            bits: new Map([
              ["identity", first],
              ["time", b],
              ["output", c],
            ]),
            singletons,
            chains,
          });
        expect(at(a + more)).toBeGreaterThanOrEqual(at(a) - 1e-9);
        expect(Number.isFinite(at(a))).toBe(true);
        expect(at(a)).toBeLessThanOrEqual(Math.max(0, a) + Math.max(0, b) + Math.max(0, c) + 1e-9);
      }),
    );
  });
});
