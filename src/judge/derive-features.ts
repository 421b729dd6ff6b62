import type { Progress } from "../core/progress.ts";
import type { Warehouse } from "../warehouse/open-warehouse.ts";
import {
  buildActivity,
  buildIssued,
  buildPairs,
  buildShared,
  clearShared,
  forgetActivity,
  forgetIssued,
  forgetPairs,
  staleDays,
} from "../warehouse/statements.gen.ts";

/** Builds the features of every day that has rows they don't know, and the shared keys. A day is rebuilt as a whole, so it can be interrupted anywhere. */
export async function deriveFeatures(warehouse: Warehouse, progress: Progress): Promise<void> {
  const days = await warehouse.rows(staleDays, {});
  for (const [done, { day }] of days.entries()) {
    progress({ stage: "Linking keys", done, total: days.length + 1, unit: "days" });
    await warehouse.run(forgetActivity, { day });
    await Promise.all([rebuildPairs(warehouse, day), rebuildIssued(warehouse, day)]);
    await warehouse.run(buildActivity, { day });
  }
  await warehouse.run(clearShared, {});
  await warehouse.run(buildShared, {});
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
