import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
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

  it("sweep dials over points that say where they lie", () => {
    const points = suiteNamed("frontier").worlds("full");
    expect(points.every(({ point, sweep }) => point !== undefined && sweep !== undefined)).toBe(
      true,
    );
    expect(points.map(({ point }) => point)).toContainEqual({ cover: 0.9, paraphrases: 0 });
    expect(operations(worldOf("frontier", "ci").make("1", undefined))).toHaveLength(1);
  });
});
