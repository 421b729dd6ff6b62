import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { scoreScan } from "../../src/range/score-scan.ts";
import { openScanBench, type ScanBench } from "./scan-bench.ts";
import { innocentWorld, plantedWorld } from "./worlds.ts";
import type { World } from "../../src/range/write-world.ts";

let bench: ScanBench;
beforeAll(() => {
  bench = openScanBench();
});
afterAll(() => bench.close());

async function scoreOf(world: World) {
  const { exchanges, accounts, truth } = await bench.world(world);
  const { result } = await bench.scan({ files: [exchanges], accounts });
  return { result, truth, score: scoreScan(result, truth) };
}

describe("worlds without an operation", () => {
  it.each([1, 2, 3])("have no campaign flagged (world %i)", async (seed) => {
    const { result, truth } = await scoreOf(innocentWorld(seed, 0.25));
    expect(truth.campaigns).toEqual([]);
    expect(new Set(truth.lookalikes.map(({ family }) => family)).size).toBeGreaterThanOrEqual(9);
    expect(result.accounts).toBeGreaterThan(300);
    expect(result.groups.filter(({ assessment }) => assessment === "campaign")).toEqual([]);
  });
});

describe("worlds with an operation", () => {
  it("have it flagged with nobody else, among look-alikes too", async () => {
    const [innocent, planted] = [innocentWorld(4, 0.25), plantedWorld(4)];
    const operation = planted.parts.filter(({ campaigns }) => campaigns !== undefined);
    const world = { ...innocent, parts: [...innocent.parts, ...operation] };
    const { score } = await scoreOf(world);
    expect(score).toMatchObject({ flaggedGroups: 1, falseGroups: 0, falseAccounts: 0 });
    expect(score.campaigns[0]).toMatchObject({ detected: true, recall: 1, precision: 1 });
  });

  it("have it flagged while much of it is still to come", async () => {
    const { result, score } = await scoreOf(plantedWorld(2));
    expect(score).toMatchObject({ flaggedGroups: 1, falseAccounts: 0 });
    expect(score.campaigns[0]).toMatchObject({ recall: 1, precision: 1 });
    expect(score.campaigns[0]!.shareBefore).toBeLessThan(0.75);
    const told = result.groups[0]!.evidence.filter(({ describes }) => describes);
    expect(told.map(({ signal }) => signal)).toContain("evenness");
    for (const { bits, sentence } of told) expect([bits, sentence === ""]).toEqual([0, false]);
  });
});
