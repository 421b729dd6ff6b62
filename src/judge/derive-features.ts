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
import { daysOf, type Span } from "./judge-traffic.ts";

/** Pairs that one statement gathers by key: about 300 MB of the engine's memory. */
const PAIRS_AT_ONCE = 4_000_000;
/** The end of time in the engine's seconds. */
const ALWAYS = 4_294_967_295;

/**
 * Builds the features of every day that has rows they don't know, and the shared keys: of all rows, or of those before
 * `until` (seconds). A day is rebuilt as a whole, so it can be interrupted anywhere.
 */
export async function deriveFeatures(
  warehouse: Warehouse,
  progress: Progress,
  until = ALWAYS,
): Promise<void> {
  const days = await warehouse.rows(staleDays, { until });
  for (const [done, { day }] of days.entries()) {
    progress({ stage: "Linking keys", done, total: days.length + 1, unit: "days" });
    // Activity marks a day as done: it goes first and comes last.
    await warehouse.run(forgetActivity, { day });
    await warehouse.run(forgetPairs, { day });
    await warehouse.run(forgetIssued, { day });
    await buildDay(warehouse, day, { from: 0, to: until });
  }
  await rebuildShared(warehouse);
  progress({ stage: "Linking keys", done: days.length + 1, total: days.length + 1, unit: "days" });
}

/** Adds the features of a span that they don't know yet. The shared keys stay as they are. Where it fails, the days of the span count as not derived. */
export async function deriveSpan(warehouse: Warehouse, span: Span): Promise<void> {
  for (const part of daysOf(span)) {
    const day = new Date(part.from * 1000).toISOString().slice(0, 10);
    await buildDay(warehouse, day, part);
  }
}

async function buildDay(warehouse: Warehouse, day: string, span: Span): Promise<void> {
  const of = { day, ...span };
  await Promise.all([warehouse.run(buildPairs, of), warehouse.run(buildIssued, of)]);
  await warehouse.run(buildActivity, of);
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
