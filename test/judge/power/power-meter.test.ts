import { describe, expect, it } from "vitest";
import type { Progress } from "../../../src/core/progress.ts";
import { materialsOf, plantOperation } from "../../../src/judge/power/plant-operation.ts";
import { type MeasurePowerOptions, PowerMeter } from "../../../src/judge/power/power-meter.ts";
import { type Ground, sharedKeysOf, tryOperation } from "../../../src/judge/power/try-operation.ts";
import { copyOf, type TrafficRow } from "../../../src/judge/traffic-row.ts";
import { random } from "../../../src/stats/random.ts";
import { peoplesRows } from "./rows.ts";

const rows = peoplesRows(120, 6, 12);
const ground: Ground = {
  rows,
  keys: sharedKeysOf(rows),
  facts: [],
  tickSeconds: 3600,
  q: 0.01,
  seed: 7,
  hypotheses: 0,
};
const materials = materialsOf(rows, rows);
const tried = (accounts: number, other: Partial<Ground> = {}): boolean =>
  tryOperation(
    { ...ground, ...other },
    plantOperation(materials, { accounts, requests_a_day: 8, days: 4 }, random(1)),
  );

describe("a trial", () => {
  it("finds a large operation and not a small one", () => {
    expect(tried(32)).toBe(true);
    expect(tried(8)).toBe(false);
  });

  it("is stricter where more was tried, and where fewer wrong flags are accepted", () => {
    expect(tried(32, { hypotheses: 1e12 })).toBe(false);
    expect(tried(32, { q: 1e-15 })).toBe(false);
  });
});

describe("the power of a scan", () => {
  const stages: string[] = [];
  const measured = (of: readonly TrafficRow[], own: Partial<MeasurePowerOptions> = {}) => {
    const meter = new PowerMeter(ground.seed);
    for (const row of of) meter.see(row);
    const progress: Progress = ({ stage, unit }) => stages.push(`${stage}, ${unit}`);
    return meter.measure({ ...ground, progress, ...own });
  };

  it("is the smallest operation found in nine of ten trials", async () => {
    const power = await measured(rows);
    expect(power.sample).toEqual({ exchanges: 1440, accounts: 120 });
    expect(power.reason).toBe("");
    expect(power.smallest).toEqual({ accounts: 24, requests_a_day: 8, days: 4 });
    const counts = new Map(
      power.tried.map(({ accounts, trials, found }) => [accounts, [trials, found]]),
    );
    expect(counts.get(24)![1]).toBe(9);
    const [trials, found] = counts.get(16)!;
    expect(trials! - found!).toBe(2);
    expect(new Set(stages)).toEqual(new Set(["Planting operations, trials"]));
  });

  it("is none where even what one day has material for is missed, and the same every time", async () => {
    const day = peoplesRows(120, 1, 12);
    const power = await measured(day, { hypotheses: 1e12 });
    expect(await measured(day, { hypotheses: 1e12 })).toEqual(power);
    expect(power.smallest).toBeNull();
    const size = { accounts: 32, requests_a_day: 32, days: 1 };
    expect(power.tried.at(-1)).toEqual({ ...size, trials: 2, found: 0 });
  });

  it("can't be measured where first requests or answers are unknown", async () => {
    const bare = rows.map((row) => copyOf(row, { answerBytes: 0, outputTokens: 0 }));
    const power = await measured(bare);
    expect(power).toMatchObject({ smallest: null, tried: [] });
    expect(power.reason).toMatch(/made of 384 conversations .* this traffic have 0\.$/);
  });
});
