import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type KeptExchange,
  newMember,
  offer,
  sampledFrom,
  wants,
} from "../../src/judge/lineage.ts";
import { TrafficRow } from "../../src/judge/traffic-row.ts";
import { SAMPLE_SIZE } from "../../src/signals/slice.ts";

const row = new TrafficRow();

const own = { text: "", conversation: -1, skeleton: false, folds: 0 };

function exchange(priority: number): KeptExchange {
  return sampledFrom(row, { ...own, priority });
}

function sampleOf(priorities: readonly number[]): number[] {
  const member = newMember(0, 0, 0, 0);
  for (const priority of priorities) offer(member, exchange(priority));
  return member.sample.map((kept) => kept.priority).toSorted((a, b) => a - b);
}

const priorities = fc.uniqueArray(fc.integer({ min: 0, max: 0xffffffff }), { maxLength: 60 });

describe("an account's sample", () => {
  it("is the conversations of least priority, in whatever order they come", () => {
    fc.assert(
      fc.property(
        priorities.chain((all) =>
          fc.tuple(
            fc.constant(all),
            fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }),
          ),
        ),
        ([all, shuffled]) => {
          const least = all.toSorted((a, b) => a - b).slice(0, SAMPLE_SIZE);
          expect(sampleOf(all)).toEqual(least);
          expect(sampleOf(shuffled)).toEqual(least);
        },
      ),
    );
  });

  it("is wanted exactly where the offer would be kept", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(200), { maxLength: 60 }), (all) => {
        const member = newMember(0, 0, 0, 0);
        for (const priority of all) {
          const wanted = wants(member, priority);
          expect(offer(member, exchange(priority))).toBe(wanted);
        }
        expect(member.sample.length).toBe(Math.min(SAMPLE_SIZE, all.length));
      }),
    );
  });
});

describe("sampledFrom", () => {
  it("keeps the row's facts under the id of 64 bits, and knows nothing of what follows", () => {
    const sent = new TrafficRow();
    Object.assign(sent, {
      time: 86_400 * 3,
      idLow: 0xffffffff,
      idHigh: 0x80000000,
      outputTokens: 9,
    });
    const kept = sampledFrom(sent, { ...own, priority: 4, skeleton: true, folds: 5 });
    expect(kept).toMatchObject({ id: 0x80000000ffffffffn, priority: 4, skeleton: true, folds: 5 });
    expect(kept).toMatchObject({ outputTokens: 9, steps: 0, built: false });
  });

  it("puts other days, scripts and models into other strata", () => {
    const stratum = (change: Partial<TrafficRow>): number => {
      const sent = Object.assign(new TrafficRow(), { time: 86_400 * 20_000, ...change });
      return sampledFrom(sent, { ...own, priority: 0 }).stratum;
    };
    const strata = [{}, { time: 86_400 * 20_001 }, { script: 1 }, { model: 7 }].map(stratum);
    expect(new Set(strata)).toHaveLength(4);
    expect(stratum({ time: 86_400 * 20_000 + 86_399 })).toBe(strata[0]);
  });
});
