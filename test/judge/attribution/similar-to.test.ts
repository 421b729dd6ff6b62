import { describe, expect, it } from "vitest";
import { CAPABILITIES, type KnownGroup } from "../../../src/core/assessment.ts";
import { indicatorsOf } from "../../../src/judge/attribution/indicators-of.ts";
import { similarTo } from "../../../src/judge/attribution/similar-to.ts";

/** Keys of kind 1, pieces of prompts, spread over 64 bits. */
const pieces = (from: number, to: number): bigint[] =>
  Array.from({ length: to - from }, (_, i) => {
    const mixed = BigInt.asUintN(64, BigInt(from + i + 1) * 0x9e37_79b9_7f4a_7c15n);
    return (mixed & ~15n) | 1n;
  });

function group(id: string, keys: bigint[], asked: string, hour: number): KnownGroup {
  const hours = Array.from({ length: 6 }, (_, i) => ({
    account_hash: String(i % 2),
    hour: (hour + Math.floor(i / 2)) * 3600,
    exchanges: 4,
  }));
  return {
    id,
    indicators: indicatorsOf(keys, hours),
    capabilities: Object.fromEntries(
      CAPABILITIES.map((kind) => [kind, { share: kind === asked ? 1 : 0 }]),
    ),
    techniques: [{ id: "AML.T0040" }, { id: "AML.T0065" }],
  };
}

describe("what is like an earlier group", () => {
  const now = group("g1", pieces(0, 400), "reasoning", 4);

  it("is told by the share of common pieces of the prompts, estimated from the least", () => {
    const half = group("g2", pieces(200, 600), "code", 15);
    const [one] = similarTo(now, [half, group("g3", pieces(1000, 1400), "code", 15)]);
    expect(one).toMatchObject({ group: "g2", capabilities: 0, techniques: 1, cadence: 0 });
    expect(one!.skeleton).toBeGreaterThan(0.2);
    expect(one!.skeleton).toBeLessThan(0.5);
  });

  it("is told by its manner where no piece is the same, and comes after what shares prompts", () => {
    const alike = group("g2", pieces(1000, 1400), "reasoning", 4);
    const same = group("g3", pieces(0, 400), "code", 15);
    expect(similarTo(now, [alike, same]).map((one) => [one.group, one.skeleton])).toEqual([
      ["g3", 1],
      ["g2", 0],
    ]);
  });

  it("is nothing where neither is alike", () => {
    expect(similarTo(now, [group("g2", pieces(1000, 1400), "code", 15)])).toEqual([]);
    const bare = { skeleton: [], hours: new Array<number>(24).fill(0), pace: 0 };
    expect(similarTo({ ...now, indicators: bare }, [])).toEqual([]);
  });
});
