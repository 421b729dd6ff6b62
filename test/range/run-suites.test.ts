import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { silent } from "../../src/core/progress.ts";
import { joinRuns, readRunLines } from "../../src/range/run-result.ts";
import { runSuites, type RunSuitesOptions } from "../../src/range/run-suites.ts";
import type { Suite } from "../../src/range/suite.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "stillwatch-run-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const unmade = (): never => {
  throw new Error("a child makes worlds");
};

function suite(...names: readonly string[]): Suite {
  return {
    id: "reported",
    title: "t",
    about: "a",
    seeds: { full: 2, ci: 1 },
    worlds: () => names.map((name) => ({ name, make: unmade })),
  };
}

function run(own: Partial<RunSuitesOptions>) {
  return runSuites({
    suites: [suite("a", "b")],
    size: "full",
    seeds: undefined,
    scale: undefined,
    q: 0.01,
    baselines: false,
    knownGroups: false,
    only: "",
    jobs: 2,
    child: fileURLToPath(new URL("run-fake-child.ts", import.meta.url)),
    environment: process.env,
    json: join(folder, "run.ndjson"),
    resume: false,
    progress: silent,
    ...own,
  });
}

describe("a run", () => {
  it("keeps a line for the suite and for every world and seed", async () => {
    const { headers, worlds, failures } = await run({});
    expect(headers).toMatchObject([{ suite: "reported", seeds: 2, worlds: 4, scale: null }]);
    expect(worlds.map(({ world, seed }) => `${world}${seed}`).toSorted()).toEqual([
      "a1",
      "a2",
      "b1",
      "b2",
    ]);
    expect(failures).toEqual([]);
    const kept = readRunLines(readFileSync(join(folder, "run.ndjson"), "utf8"));
    expect(kept).toEqual({ headers, worlds, failures });
  });

  it("goes on where a child dies or a world fails, and says which and why", async () => {
    const { worlds, failures } = await run({
      suites: [suite("a", "dies", "fails", "b")],
      seeds: 1,
      jobs: 1,
    });
    expect(worlds.map(({ world }) => world)).toEqual(["a", "b"]);
    expect(failures).toMatchObject([
      { world: "dies", reason: "the process ended (3)" },
      { world: "fails", reason: "on purpose" },
    ]);
  });

  it("takes what an interrupted run finished, and a cut last line for nothing", async () => {
    const path = join(folder, "run.ndjson");
    let events = 0;
    const interrupted = run({
      jobs: 1,
      progress: () => {
        if (++events > 5) throw new Error("stopped");
      },
    });
    await expect(interrupted).rejects.toThrow("stopped");
    const before = readFileSync(path, "utf8");
    const finished = readRunLines(before).worlds.length;
    expect(finished).toBeGreaterThan(0);
    expect(finished).toBeLessThan(4);
    writeFileSync(path, `${before}{"kind":"world","sui`);
    const asked: number[] = [];
    const { worlds } = await run({
      resume: true,
      progress: ({ stage }) => asked.push(Number(/\d+/.exec(stage)?.[0])),
    });
    expect(worlds).toHaveLength(4);
    expect(asked.at(-1)).toBe(4 - finished);
  });

  it("takes nothing over from a run at another scale", async () => {
    await run({ scale: 0.5 });
    const { worlds } = await run({ resume: true, seeds: 1 });
    expect(worlds).toHaveLength(2);
  });
});

it("runs of one suite count together, each world once", async () => {
  const first = await run({ seeds: 1 });
  const second = await run({ seeds: 2 });
  const joined = joinRuns([first, second]);
  expect(joined.headers).toMatchObject([{ seeds: 2, worlds: 4 }]);
  expect(joined.worlds).toHaveLength(4);
});
