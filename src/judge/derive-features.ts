import type { Progress } from "../core/progress.ts";
import type { Warehouse } from "../warehouse/open-warehouse.ts";
import {
  buildActivity,
  buildIssued,
  buildPairs,
  buildShared,
  clearShared,
  countPairs,
  forgetActivity,
  forgetIssued,
  forgetPairs,
  staleDays,
} from "../warehouse/statements.gen.ts";

/** Pairs that one statement gathers by key: about 300 MB of the engine's memory. */
const PAIRS_AT_ONCE = 4_000_000;

/** Builds the features of every day that has rows they don't know, and the shared keys. A day is rebuilt as a whole, so it can be interrupted anywhere. */
export async function deriveFeatures(warehouse: Warehouse, progress: Progress): Promise<void> {
  const days = await warehouse.rows(staleDays, {});
  for (const [done, { day }] of days.entries()) {
    progress({ stage: "Linking keys", done, total: days.length + 1, unit: "days" });
    await warehouse.run(forgetActivity, { day });
    await Promise.all([rebuildPairs(warehouse, day), rebuildIssued(warehouse, day)]);
    await warehouse.run(buildActivity, { day });
  }
  await rebuildShared(warehouse);
  progress({ stage: "Linking keys", done: days.length + 1, total: days.length + 1, unit: "days" });
}

async function rebuildPairs(warehouse: Warehouse, day: string): Promise<void> {
  await warehouse.run(forgetPairs, { day });
  await warehouse.run(buildPairs, { day });
}

async function rebuildIssued(warehouse: Warehouse, day: string): Promise<void> {
  await warehouse.run(forgetIssued, { day });
  await warehouse.run(buildIssued, { day });
}

/** Keys are hashes, so that equal ranges of them hold about equally many pairs. */
async function rebuildShared(warehouse: Warehouse): Promise<void> {
  await warehouse.run(clearShared, {});
  const [size] = await warehouse.rows(countPairs, {});
  const ranges = BigInt(Math.ceil(Number(size?.pairs ?? 0) / PAIRS_AT_ONCE));
  for (let range = 0n; range < ranges; range++) {
    const from = (range << 64n) / ranges;
    const to = ((range + 1n) << 64n) / ranges - 1n;
    await warehouse.run(buildShared, { from, to });
  }
}
