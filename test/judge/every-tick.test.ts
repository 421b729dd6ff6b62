import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Group } from "../../src/core/assessment.ts";
import { silent } from "../../src/core/progress.ts";
import { judgeTraffic, spanOfDays } from "../../src/judge/judge-traffic.ts";
import { reportGroups } from "../../src/judge/report-groups.ts";
import type { World } from "../../src/range/write-world.ts";
import type { Warehouse } from "../../src/warehouse/open-warehouse.ts";
import { trafficTotals } from "../../src/warehouse/statements.gen.ts";
import { openScanBench, type ScanBench } from "./scan-bench.ts";
import { innocentWorld, plantedWorld } from "./worlds.ts";

let bench: ScanBench;
beforeAll(() => {
  bench = openScanBench();
});
afterAll(() => bench.close());

async function judged(warehouse: Warehouse, tickSeconds: number, everyTick: boolean) {
  const [totals] = await warehouse.rows(trafficTotals, {});
  const { first_day, last_day, exchanges } = totals!;
  const seed = 7;
  const answer = await judgeTraffic(warehouse, {
    tickSeconds,
    q: 0.01,
    seed,
    span: spanOfDays(first_day, last_day),
    exchanges: Number(exchanges),
    progress: silent,
    everyTick,
  });
  const { groups } = await reportGroups({ warehouse, ...answer, agreements: [], seed });
  return { groups, born: Math.max(...answer.judge.lineages.map(({ number }) => number)) };
}

/** What a scan says of a group but its number, which counts everything ever gathered, and what names groups by it. */
function said(group: Group): object {
  const { id: _, lineage: __, q_value: ___, operation: ____, history: _____, ...rest } = group;
  return rest;
}

/** A world judged twice: grouping when enough is new, and after every tick. */
async function both(world: World, tickSeconds: number) {
  const { exchanges, accounts } = await bench.world(world);
  const answers: Awaited<ReturnType<typeof judged>>[] = [];
  await bench.scan({
    files: [exchanges],
    accounts,
    inspect: async ({ warehouse }) => {
      answers.push(await judged(warehouse, tickSeconds, false));
      answers.push(await judged(warehouse, tickSeconds, true));
    },
  });
  const [spared, full] = answers;
  return { spared: spared!, full: full! };
}

describe("grouping when enough is new", () => {
  it("says of every group what grouping after every tick says", async () => {
    const { spared, full } = await both(plantedWorld(3), 3600);
    expect(full.groups.map(({ assessment }) => assessment)).toEqual(["campaign"]);
    expect(spared.groups.map(said)).toEqual(full.groups.map(said));
  });

  it("says the same among look-alikes, every ten minutes, with far fewer groups tried", async () => {
    const [innocent, planted] = [innocentWorld(4, 0.25), plantedWorld(4)];
    const world = { ...innocent, parts: [...innocent.parts, planted.parts[1]!] };
    const { spared, full } = await both(world, 600);
    expect(full.groups.map(({ assessment }) => assessment)).toEqual(["campaign"]);
    expect(spared.groups.map(said)).toEqual(full.groups.map(said));
    expect(spared.born).toBeLessThan(full.born);
  });
});
