import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MINUTE } from "../../src/range/world.ts";
import { ndjson, type PartedLine, partedWorld, type SaidLine } from "./parted-world.ts";
import { openScanBench, type ScanBench } from "./scan-bench.ts";
import type { Judge } from "../../src/judge/judge.ts";
import { flagsOf, newTrace, type TracedLook } from "./traced.ts";

const TICK = 15 * MINUTE;

interface Traced {
  readonly looks: readonly TracedLook[];
  /** What was flagged up to a time in seconds. */
  readonly flags: (until: number) => object[];
}

let bench: ScanBench;
let lines: readonly PartedLine[];
let said: readonly SaidLine[];
let whole: Traced;

beforeAll(async () => {
  bench = openScanBench();
  ({ lines, said } = await partedWorld(bench, "as of"));
  whole = await judge(Infinity);
});
afterAll(() => bench.close());

/** Judges what was sent and said before a time, in milliseconds. */
async function judge(cut: number): Promise<Traced> {
  const before = (some: readonly { readonly time?: string }[]): string =>
    ndjson(some.filter(({ time }) => time === undefined || Date.parse(time) < cut));
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
