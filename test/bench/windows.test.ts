import { describe, expect, it } from "vitest";
import { mergeByTime } from "../../src/range/merge-by-time.ts";
import { makeRandom, type Random } from "../../src/range/random.ts";
import { compareWindows } from "../../bench/material/windows/compare-windows.ts";
import type { WindowRequest } from "../../bench/material/windows/read-windows.ts";
import { tenantsWorld } from "../../bench/material/windows/tenants-world.ts";

/** Requests of twelve words of a vocabulary that begins at `first`; `taken` ones are left after the answer. */
function requests(random: Random, first: number, taken: boolean, count = 80): WindowRequest[] {
  return Array.from({ length: count }, () => ({
    first: true,
    intent: taken ? 1 : 0,
    built: !taken,
    finish: 1,
    outputTokens: 300,
    answerBytes: 900,
    tokens: Uint16Array.from({ length: 12 }, () => first + Math.floor(400 * random.next() ** 2)),
  }));
}

function compared(operation: number, taken: boolean, use: number) {
  const random = makeRandom("windows test");
  const { rows, ...held } = compareWindows({
    tenants: Array.from({ length: 40 }, () => ({
      before: requests(random, 0, false),
      window: requests(random, 0, false),
    })),
    operations: [requests(random, operation, taken, 2000)],
    uses: new Map([["a use", requests(random, use, true, 2000)]]),
    shares: [0.5],
    newWork: 0.25,
    fpr: 0.003,
    history: 80,
    random,
  });
  return { ...held, rows: [...rows] };
}

function flagged({ rows }: ReturnType<typeof compared>, method: string): number[] {
  return rows.filter((row) => row.method === method).map((row) => row.flagged);
}

const METHODS = [
  "MMD, provider's history",
  "MMD, own history",
  "elicitation",
  "capture",
  "elicitation, own history",
  "new skeleton, own history",
  "either, own history",
];

describe("windows of one tenant", () => {
  /** The operation's requests are like the tenants' own; those of the use are not. */
  const alike = compared(0, false, 9000);

  it("are told by every method where half is an operation's of other words, which nobody goes on from", () => {
    const found = compared(9000, true, 0);
    for (const method of METHODS) {
      const [clean, renewed, mixed] = flagged(found, method);
      expect([method, clean! <= 3, renewed! <= 3, mixed]).toEqual([method, true, true, 16]);
    }
  });

  it("are told by nobody where the operation's are like the tenant's own", () => {
    for (const method of METHODS) expect(flagged(alike, method)[2]).toBeLessThanOrEqual(3);
  });

  it("are told by their own past where a use is taken up too, which is nobody's operation", () => {
    for (const method of METHODS.slice(-3))
      expect([method, flagged(alike, method)[3]]).toEqual([method, 16]);
  });

  it("state the false-positive rate that so few windows can hold", () => {
    expect(alike).toMatchObject({ calibration: 16, bound: 1 / 17 });
  });

  it("are the first requests of each organization, beside operations and uses of accounts that do nothing else", () => {
    const { parts } = tenantsWorld({ seed: "1", tenants: 2, requests: 20 });
    const tenants = parts.filter(
      ({ campaigns, lookalikes }) => campaigns === undefined && lookalikes === undefined,
    );
    expect(tenants).toHaveLength(2);
    for (const { actors } of tenants) {
      const drafts = [...mergeByTime(actors)];
      expect(drafts.length).toBeLessThanOrEqual(20);
      expect(drafts.every(({ draft }) => draft.campaign === undefined)).toBe(true);
    }
    expect(parts.flatMap(({ campaigns = [] }) => campaigns).length).toBeGreaterThan(3);
    const uses = parts.flatMap(({ lookalikes = [] }) => lookalikes.map(({ family }) => family));
    expect(new Set(uses).size).toBe(5);
  });
});
