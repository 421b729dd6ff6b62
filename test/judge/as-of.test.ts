import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launch } from "../../src/range/campaigns/blueprint.ts";
import { agenticHarvest } from "../../src/range/campaigns/reported.ts";
import { makeRandom, type Random } from "../../src/range/random.ts";
import { DAY, HOUR, MINUTE } from "../../src/range/world.ts";
import { openScanBench, type ScanBench } from "./scan-bench.ts";
import type { Judge } from "../../src/judge/judge.ts";
import { flagsOf, newTrace, type TracedLook } from "./traced.ts";
import { plantedWorld } from "./worlds.ts";

interface Line {
  readonly part?: string;
  readonly id: string;
  readonly time: string;
  readonly request?: unknown;
  readonly response?: unknown;
  readonly usage?: unknown;
}

const TICK = 15 * MINUTE;

interface Traced {
  readonly looks: readonly TracedLook[];
  /** What was flagged up to a time in seconds. */
  readonly flags: (until: number) => object[];
}

let bench: ScanBench;
let lines: readonly Line[];
let said: readonly { readonly time?: string }[];
let whole: Traced;

beforeAll(async () => {
  bench = openScanBench();
  const random = makeRandom("as of");
  const planted = plantedWorld(6);
  const agents = launch(random.fork("agents"), agenticHarvest, {
    span: planted.span,
    id: "campaign-2",
    accounts: 24,
    window: planted.span,
    dials: { perDay: 8 },
  });
  const world = await bench.world({ ...planted, parts: [...planted.parts, agents] });
  lines = linesOf(world.exchanges).flatMap((line) => inParts(line as Line, random));
  said = linesOf(world.accounts).flatMap((line) => inTwo(line, random, planted.span.from));
  whole = await judge(Infinity);
});
afterAll(() => bench.close());

/** A third of the exchanges come in parts, their answers up to three hours after the request. */
function inParts(line: Line, random: Random): Line[] {
  if (!random.chance(1 / 3)) return [line];
  const { request, response, usage, ...envelope } = line;
  const after = (most: number): string =>
    new Date(Date.parse(line.time) + random.whole(1, most)).toISOString();
  return [
    { ...envelope, part: "request", request },
    { ...envelope, part: "response", response, time: after(3 * HOUR) },
    { ...envelope, part: "usage", usage, time: after(3 * HOUR) },
  ];
}

/** Of half of the accounts the private means are said days later. */
function inTwo(line: object, random: Random, from: number): object[] {
  if ("time" in line || random.chance(0.5)) return [line];
  const { payment: _, device: __, ...first } = line as Record<string, unknown>;
  const time = new Date(from + random.whole(0, 4 * DAY)).toISOString();
  return [first, { ...line, time }];
}

function linesOf(file: string): object[] {
  return readFileSync(file, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as object);
}

/** Judges what was sent and said before a time, in milliseconds. */
async function judge(cut: number): Promise<Traced> {
  const before = (some: readonly { readonly time?: string }[]): string =>
    some
      .filter(({ time }) => time === undefined || Date.parse(time) < cut)
      .map((line) => JSON.stringify(line))
      .join("\n");
  const { looks, onLook } = newTrace();
  let judged: Judge | undefined;
  await bench.scan({
    files: [bench.file("traffic.ndjson", before(lines))],
    accounts: bench.file("accounts.ndjson", before(said)),
    tickSeconds: TICK / 1000,
    onLook,
    inspect: async ({ judge: own }) => {
      judged = own;
    },
  });
  return { looks, flags: (until) => flagsOf(judged!, until) };
}

describe("a judge", () => {
  it("flags this world's operations, also by answers that come back through other accounts", () => {
    expect(whole.flags(Infinity).length).toBeGreaterThan(0);
    const findings = whole.looks.flatMap((look) => look.findings);
    expect(
      findings.some((finding) => /[1-9]\d* of \d+ accounts that present earlier/.test(finding)),
    ).toBe(true);
  });

  it.each([90, 250])(
    "uses nothing that comes later: traffic cut after %i ticks gives what the whole gave up to then",
    async (ticks) => {
      const cut = (Math.floor(Date.parse(lines[0]!.time) / TICK) + ticks) * TICK;
      const part = await judge(cut);
      expect(part.looks.length).toBeGreaterThan(0);
      expect(part.looks).toEqual(whole.looks.filter(({ at }) => at * 1000 <= cut));
      expect(part.flags(Infinity)).toEqual(whole.flags(cut / 1000));
    },
  );
});
