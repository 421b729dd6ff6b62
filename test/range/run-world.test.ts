import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rangePipeline } from "../../src/cli/range-pipeline.ts";
import { silent } from "../../src/core/progress.ts";
import { BASELINES } from "../../src/range/baselines/catalog.ts";
import type { WorldResult } from "../../src/range/run-result.ts";
import { runSuiteWorld } from "../../src/range/run-world.ts";
import { plantedWorld } from "../judge/worlds.ts";

const temporary = mkdtempSync(join(tmpdir(), "stillwatch-test-"));
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

describe("a world that is made, scanned and scored", () => {
  let result: WorldResult;
  beforeAll(async () => {
    process.env["TMPDIR"] = temporary;
    result = await runSuiteWorld({
      suite: "reported",
      world: { name: "planted", make: () => plantedWorld(1) },
      seed: "1",
      scale: undefined,
      baselines: BASELINES,
      knownGroups: true,
      pipeline: rangePipeline({ q: 0.01, seed: "1" }),
      progress: silent,
      clock: () => performance.now(),
    });
  });

  it("has its operation found, with its exchanges", () => {
    expect(result.score).toMatchObject({ flaggedGroups: 1, falseAccounts: 0 });
    expect(result.score.campaigns).toMatchObject([{ detected: true, precision: 1 }]);
    expect(result.score.campaigns[0]!.exchangeRecall).toBeGreaterThan(0.9);
    expect(result.flags).toMatchObject([{ positive: true }]);
  });

  it("counts everybody who sent something by language, region and plan", () => {
    const total = (trait: string): number =>
      result.people
        .filter((row) => row.trait === trait)
        .reduce((sum, { accounts }) => sum + accounts, 0);
    expect(total("language")).toBeGreaterThan(50);
    expect(total("region")).toBe(total("plan"));
    expect(total("language")).toBe(total("plan"));
  });

  it("repeats the judge's own flags where no signal is left out, and loses some without the telling ones", () => {
    const [whole, ...others] = result.study.ablations;
    const flagged = result.study.hypotheses.filter((one) => one.flagged);
    expect(whole).toMatchObject({ without: "", flagged: flagged.length });
    expect(Object.keys(whole!.found)).toEqual(result.score.campaigns.map(({ id }) => id));
    expect(others.length).toBeGreaterThanOrEqual(8);
    expect(others.every(({ flagged: kept }) => kept <= result.study.hypotheses.length)).toBe(true);
  });

  it("says what its operation would have taken, were its accounts known", () => {
    const [operation] = result.score.campaigns;
    expect(result.known).toMatchObject([{ id: operation!.id, told: 1 }]);
    expect(result.known![0]!.alone).toBeLessThan(operation!.exchangesBefore);
  });

  it("scores the published methods on the same warehouse", () => {
    expect(result.baselines.map(({ id }) => id)).toEqual(BASELINES.map(({ id }) => id));
    expect(result.baselines.every(({ score }) => score.campaigns.length === 1)).toBe(true);
  });

  it("leaves nothing behind", () => {
    expect(readdirSync(temporary)).toEqual([]);
  });
});
