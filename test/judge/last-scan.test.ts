import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { silent } from "../../src/core/progress.ts";
import { backtest } from "../../src/judge/backtest.ts";
import { DEFAULT_CONFIGURATION } from "../../src/judge/configuration.ts";
import { explain } from "../../src/judge/explain.ts";
import { readLastScan, readScanFile } from "../../src/judge/last-scan.ts";
import type { ScanOutcome } from "../../src/judge/scan.ts";
import { openScanBench, type ScanBench } from "./scan-bench.ts";
import { plantedWorld, UNTIL } from "./worlds.ts";

let bench: ScanBench;
let dataDir: string;
let scanned: ScanOutcome;
let operated: readonly string[];
let others: readonly string[];

beforeAll(async () => {
  bench = openScanBench();
  const world = await bench.world(plantedWorld(1));
  dataDir = bench.dataDir();
  const echo = { ...(DEFAULT_CONFIGURATION.parameters.get("echo") as object), cap_bits: 50 };
  const parameters = new Map([...DEFAULT_CONFIGURATION.parameters, ["echo", echo]]);
  scanned = await bench.scan({
    files: [world.exchanges],
    accounts: world.accounts,
    dataDir,
    parameters,
  });
  operated = world.truth.campaigns[0]!.accounts;
  const sent = readFileSync(world.exchanges, "utf8").trimEnd().split("\n");
  const all = new Set(sent.map((line) => (JSON.parse(line) as { account: string }).account));
  others = [...all.difference(new Set(operated))];
});
afterAll(() => bench.close());

describe("the last scan of a data folder", () => {
  it("is what the scan answered, for nobody else to read", () => {
    const kept = readLastScan(dataDir);
    expect(kept.result).toEqual(JSON.parse(JSON.stringify(scanned.result)));
    expect(kept.scanned_at).toBe(UNTIL.toISOString());
    expect(kept.result.settings).toEqual({ "echo.cap_bits": 50 });
    expect(statSync(join(dataDir, "last-scan.json")).mode & 0o077).toBe(0);
  });

  it("is asked for where there is none, and refused where it is something else", () => {
    expect(() => readLastScan("/nowhere")).toThrow("/nowhere: no scan is kept there.");
    expect(() => readScanFile(bench.file("other.json", '{"version":1}'))).toThrow("not the result");
    expect(() => readScanFile(bench.file("half.json", '{"version":1,"gro'))).toThrow(
      "not the result",
    );
  });
});

describe("every finding of a scan", () => {
  it("has a sentence with its value, a reference, and examples where anybody shows it", () => {
    const evidence = scanned.result.groups.flatMap((group) => group.evidence);
    expect(evidence.length).toBeGreaterThan(6);
    for (const { signal, sentence, value, reference, examples, bits } of evidence) {
      expect(sentence, signal).toMatch(/\d.*\.$/);
      expect(Number.isFinite(value), signal).toBe(true);
      const { median, low, high, n } = reference;
      expect([low <= median, median <= high, n >= 0], signal).toEqual([true, true, true]);
      if (bits > 0) expect(examples.length, signal).toBeGreaterThan(0);
    }
  });
});

describe("explain", () => {
  it("tells a group, and an account's place in it, from what was kept", async () => {
    const [group] = scanned.result.groups;
    const told = await explain(group!.id, readLastScan(dataDir), dataDir);
    expect(told).toMatchObject({ groups: [{ id: group!.id }], memberships: [], alone: null });
    const account = operated[0]!;
    expect(await explain(account, readLastScan(dataDir), dataDir)).toMatchObject({
      groups: [{ id: group!.id }],
      memberships: [{ account, group: group!.id, role: "operated" }],
      alone: null,
    });
  });

  it("says of an account in no group what it shares, with how many, and how usual that is", async () => {
    const { alone, groups } = await explain(others[0]!, readLastScan(dataDir), dataDir);
    expect(groups).toEqual([]);
    const profile = alone!.shared.find(({ kind }) => kind === "profile")!;
    expect(profile.others).toBeGreaterThan(20);
    expect(profile.others).toBeLessThan(scanned.result.accounts);
    expect(profile.usual).toBeGreaterThan(0.5);
    expect(alone!.shared.filter(({ kind }) => kind === "system")).toEqual([]);
    for (const { others: count, keys, usual } of alone!.shared) {
      expect(count).toBeGreaterThan(0);
      expect(keys).toBeGreaterThan(0);
      expect(usual).toBeLessThanOrEqual(1);
    }
  });

  it("names near ones for a name that nobody has", async () => {
    const asked = `${others[0]!}x`;
    await expect(explain(asked, readLastScan(dataDir), dataDir)).rejects.toMatchObject({
      code: "SW_NAME_UNKNOWN",
      message: expect.stringContaining(`Did you mean ${others[0]!}`) as string,
    });
    const { id } = scanned.result.groups[0]!;
    await expect(explain(`${id}1`, readLastScan(dataDir))).rejects.toThrow(`Did you mean ${id}?`);
  });
});

describe("backtest", () => {
  const quiet = new Map(
    [...DEFAULT_CONFIGURATION.parameters].map(([id, own]) => [
      id,
      { ...(own as object), cap_bits: 1, confirmed_cap_bits: 1 },
    ]),
  );

  it("finds no flag moved by the settings of the last scan, whose own it takes for those before", async () => {
    const [group] = scanned.result.groups;
    const { settings, flags, ...rest } = await backtest({
      dataDir,
      after: DEFAULT_CONFIGURATION,
      progress: silent,
    });
    expect(settings).toEqual([{ setting: "echo.cap_bits", before: 50, after: 60 }]);
    expect(flags).toMatchObject([
      { change: "same", before: { group: group!.id, detected_at: group!.detected_at } },
    ]);
    expect(flags[0]!.after).toEqual(flags[0]!.before);
    expect(rest).toMatchObject({ accounts_lost: [], accounts_won: [], labels: null });
    expect(readLastScan(dataDir).result).toEqual(JSON.parse(JSON.stringify(scanned.result)));
  });

  it("shows a flag that other settings lose, against labels of groups and of accounts", async () => {
    const labels = [
      { group: scanned.result.groups[0]!.id, label: "positive" },
      { account: operated[0], label: "legitimate" },
      { account: others[0], label: "legitimate" },
    ];
    const result = await backtest({
      dataDir,
      after: { ...DEFAULT_CONFIGURATION, parameters: quiet },
      labels: bench.file("labels.ndjson", labels.map((one) => JSON.stringify(one)).join("\n")),
      progress: silent,
    });
    expect(result.flags).toMatchObject([{ change: "lost", after: null }]);
    expect(result.accounts_lost).toEqual(operated.toSorted());
    const positive = operated.length - 1;
    expect(result.labels).toEqual({
      positive,
      legitimate: 2,
      before: {
        flagged_positive: positive,
        flagged_legitimate: 1,
        precision: positive / operated.length,
        recall: 1,
      },
      after: { flagged_positive: 0, flagged_legitimate: 0, precision: null, recall: 0 },
    });
  });
});
