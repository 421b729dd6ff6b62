import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { mergeByTime } from "../../src/range/merge-by-time.ts";
import { CAMPAIGNS } from "../../src/range/campaigns/catalog.ts";
import { LOOKALIKES } from "../../src/range/lookalikes/catalog.ts";
import { SUITE_SIZES, type SuiteWorld } from "../../src/range/suite.ts";
import { SUITES, suiteNamed } from "../../src/range/suites/catalog.ts";
import { runWorld, type World } from "../../src/range/write-world.ts";

/** The first lines of a world, hashed. */
function beginningOf(world: World): string {
  const hash = createHash("sha256");
  let lines = 0;
  for (const line of runWorld(world).lines) {
    hash.update(line);
    if (++lines === 300) break;
  }
  return hash.digest("hex");
}

function worldOf(suite: string, size: "full" | "ci", at = 0): SuiteWorld {
  return suiteNamed(suite).worlds(size)[at]!;
}

const families = (world: World): string[] =>
  world.parts.flatMap(({ lookalikes }) => lookalikes?.map(({ family }) => family) ?? []);
const operations = (world: World): string[] =>
  world.parts.flatMap(({ campaigns }) => campaigns?.map(({ id }) => id) ?? []);

/** Exchanges of a world of the `drift` suite by day. */
function sentByDay(name: string) {
  const { make } = suiteNamed("drift")
    .worlds("full")
    .find((world) => world.name === name)!;
  const { parts, span } = make("1", undefined);
  const days = Math.round((span.until - span.from) / 86_400_000);
  const [others, operators] = [new Array<number>(days).fill(0), new Array<number>(days).fill(0)];
  for (const { time, draft } of mergeByTime(parts.flatMap(({ actors }) => actors))) {
    const day = Math.floor((time - span.from) / 86_400_000);
    (draft.campaign === undefined ? others : operators)[day]! += 1;
  }
  return { others, operators };
}

describe("the suites", () => {
  it.each(SUITES.flatMap((suite) => SUITE_SIZES.map((size) => [suite.id, size] as const)))(
    "%s (%s) has worlds of different names",
    (id, size) => {
      const names = suiteNamed(id)
        .worlds(size)
        .map(({ name }) => name);
      expect(names.length).toBeGreaterThan(0);
      expect(new Set(names).size).toBe(names.length);
    },
  );

  it("make the same bytes of the same seed, and others of another", () => {
    const { make } = worldOf("legitimate", "ci");
    const first = beginningOf(make("1", undefined));
    expect(beginningOf(make("1", undefined))).toBe(first);
    expect(beginningOf(make("2", undefined))).not.toBe(first);
  });

  it("plant every reported operation once a seed", () => {
    const planted = suiteNamed("reported")
      .worlds("ci")
      .flatMap(({ make }) => make("1", undefined).parts)
      .filter(({ campaigns }) => campaigns !== undefined);
    expect(planted).toHaveLength(CAMPAIGNS.length);
  });

  it("plant no operation where all are legitimate, and every family over a few seeds", () => {
    const worlds = ["1", "2"].flatMap((seed) =>
      suiteNamed("legitimate")
        .worlds("ci")
        .map(({ make }) => make(seed, undefined)),
    );
    expect(worlds.flatMap(operations)).toEqual([]);
    expect(new Set(worlds.flatMap(families)).size).toBe(LOOKALIKES.length);
  });

  it("size an operation to a scale where one is given", () => {
    const { make } = worldOf("reported", "ci");
    const accountsOf = (scale: number): number =>
      make("1", scale).parts.reduce(
        (sum, { campaigns }) => sum + (campaigns?.flatMap(({ accounts }) => accounts).length ?? 0),
        0,
      );
    expect(accountsOf(0.02)).toBeGreaterThan(2 * accountsOf(0.001));
  });

  it("let operations begin after days of others' traffic, and customers rest while they go on", () => {
    const late = sentByDay("history: 5 days before");
    expect(late.operators.slice(0, 5)).toEqual([0, 0, 0, 0, 0]);
    expect(late.operators[5]).toBeGreaterThan(1000);
    const { others, operators: going } = sentByDay("holiday: 1 rest");
    expect(others[6]! + others[7]!).toBeLessThan(0.2 * (others[2]! + others[3]!));
    expect(Math.min(going[6]!, going[7]!)).toBeGreaterThan(300);
  });

  it("sweep dials over points that say where they lie", () => {
    const points = suiteNamed("frontier").worlds("full");
    expect(points.every(({ point, sweep }) => point !== undefined && sweep !== undefined)).toBe(
      true,
    );
    expect(points.map(({ point }) => point)).toContainEqual({ cover: 0.9, paraphrases: 0 });
    expect(operations(worldOf("frontier", "ci").make("1", undefined))).toHaveLength(1);
  });
});
