import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { silent } from "../../src/core/progress.ts";
import { demoWorld, writeDemoWorld } from "../../src/range/demo-world.ts";
import { makeSuiteWorld } from "../../src/range/suites/catalog.ts";
import {
  runWorld,
  type World,
  writeWorld,
  type WrittenWorld,
} from "../../src/range/write-world.ts";

const UNTIL = new Date("2026-11-20T00:00:00Z");
const SCALE = 0.03;
const folder = mkdtempSync(join(tmpdir(), "stillwatch-write-"));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const read = ({ exchanges, accounts, truth }: WrittenWorld): string[] =>
  [exchanges, accounts, truth].map((path) => readFileSync(path, "utf8"));

it("two threads write the bytes that one writes", async () => {
  const one = await writeWorld(demoWorld(7, UNTIL, SCALE), join(folder, "one"), silent);
  const two = await writeDemoWorld({
    folder: join(folder, "two"),
    seed: 7,
    until: UNTIL,
    scale: SCALE,
    progress: silent,
  });
  expect(one.counts.exchanges).toBeGreaterThan(1000);
  expect(two.counts).toEqual(one.counts);
  expect(read(two)).toEqual(read(one));
});

it("two threads make a suite's world too, operations and look-alikes included", async () => {
  const parameters = ["reported", "ci", "mix 1", "3", 0.001] as const;
  const module = new URL("../../src/range/suites/catalog.ts", import.meta.url).href;
  const world = (): World => makeSuiteWorld(...parameters);
  const one = await writeWorld(world(), join(folder, "suite-one"), silent);
  const recipe = { module, make: "makeSuiteWorld", parameters };
  const two = await writeWorld(world(), join(folder, "suite-two"), silent, recipe);
  expect(read(two)).toEqual(read(one));
});

it("says so where a thread can't make the world", async () => {
  const module = new URL("../../src/range/suites/catalog.ts", import.meta.url).href;
  const recipe = { module, make: "absent", parameters: [] };
  const world = demoWorld(7, UNTIL, SCALE);
  await expect(writeWorld(world, join(folder, "none"), silent, recipe)).rejects.toThrow(
    /no absent in/,
  );
});

it("another seed makes another world", () => {
  const first = (seed: number): string =>
    runWorld(demoWorld(seed, UNTIL, SCALE)).lines.next().value ?? "";
  expect(first(7)).toBe(first(7));
  expect(first(8)).not.toBe(first(7));
});

it("lines are in the order of their times, each with an id of its own", () => {
  const lines = [...runWorld(demoWorld(7, UNTIL, SCALE)).lines].map(
    (line) => JSON.parse(line) as { id: string; time: string },
  );
  expect(new Set(lines.map(({ id }) => id)).size).toBe(lines.length);
  expect(lines.map(({ time }) => time)).toEqual(lines.map(({ time }) => time).toSorted());
});
