import { describe, expect, it } from "vitest";
import { LatestRows } from "../../../src/judge/power/latest-rows.ts";
import { accountOf } from "../../../src/judge/power/try-operation.ts";
import { keyed } from "../../../src/judge/roster.ts";
import { TrafficRow } from "../../../src/judge/traffic-row.ts";
import { peoplesRows } from "./rows.ts";

const DAY = 86_400;
const all = peoplesRows(60, 20, 40);
const byAccount = (row: TrafficRow): number => keyed(row.accountLow, row.accountHigh, 3);

function sampled(rows: readonly TrafficRow[], most: number): readonly TrafficRow[] {
  const sample = new LatestRows({ most, placeOf: byAccount });
  // One object is filled again for every row, as the judge's reader does.
  const reused = new TrafficRow();
  for (const row of rows) sample.see(Object.assign(reused, row));
  return sample.rows;
}

describe("a sample of the latest rows", () => {
  it("keeps everything of the last seven days where it fits", () => {
    const last = all.at(-1)!.time;
    const latest = all.filter(({ time }) => time > last - 7 * DAY);
    expect(sampled(all, 10_000).map(({ idLow }) => idLow)).toEqual(latest.map((r) => r.idLow));
  });

  it("keeps whole accounts, no more rows than it may hold, and not far fewer", () => {
    const kept = sampled(all, 300);
    expect(kept.length).toBeLessThanOrEqual(300);
    expect(kept.length).toBeGreaterThan(100);
    const accounts = new Set(kept.map(accountOf));
    const last = kept.at(-1)!.time;
    const theirs = all.filter((r) => accounts.has(accountOf(r)) && r.time > last - 7 * DAY);
    expect(kept).toHaveLength(theirs.filter(({ time }) => time <= last).length);
  });

  it("leaves out what has no place", () => {
    const sample = new LatestRows({ most: 10, placeOf: () => undefined });
    for (const row of all) sample.see(row);
    expect(sample.rows).toEqual([]);
  });
});
