import { describe, expect, it } from "vitest";
import type { Group, ScanResult } from "../../src/core/assessment.ts";
import { compareScans } from "../../src/judge/compare-scans.ts";
import { sampleOutcome } from "../report/sample-outcome.ts";

const { result } = sampleOutcome({ campaigns: 1, others: 0, hours: 48 });

function group(id: string, accounts: string, more: Partial<Group> = {}): Group {
  return { ...result.groups[0]!, id, accounts: accounts.split(""), ...more };
}
const scan = (...groups: Group[]): ScanResult => ({ ...result, groups });
const changes = (before: ScanResult, after: ScanResult): unknown =>
  compareScans(before, after, undefined).flags.map(({ change, before: one, after: other }) => [
    change,
    one?.group ?? null,
    other?.group ?? null,
  ]);

describe("two judgements of the same traffic", () => {
  it("have the same flags whatever their groups are called", () => {
    expect(changes(scan(group("g1", "abcd")), scan(group("g7", "abce")))).toEqual([
      ["same", "g1", "g7"],
    ]);
  });

  it("flag earlier or later", () => {
    const at = (hour: number): Partial<Group> => ({
      detected_at: new Date(Date.UTC(2026, 3, 22, hour)).toISOString(),
    });
    const before = scan(group("g1", "abcd", at(5)), group("g2", "wxyz", at(5)));
    const after = scan(group("g1", "abcd", at(9)), group("g2", "wxyz", at(4)));
    expect(changes(before, after)).toEqual([
      ["later", "g1", "g1"],
      ["earlier", "g2", "g2"],
    ]);
  });

  it("lose and win flags, with what is said instead", () => {
    const watched = group("g1", "abcd", { assessment: "watch", reason: "Too few." });
    const { flags, accounts_lost, accounts_won } = compareScans(
      scan(group("g1", "abcd")),
      scan(watched, group("g2", "xyz")),
      undefined,
    );
    expect(flags).toMatchObject([
      { change: "lost", otherwise: { assessment: "watch", reason: "Too few." } },
      { change: "won", before: null, otherwise: null },
    ]);
    expect([accounts_lost, accounts_won]).toEqual([
      ["a", "b", "c", "d"],
      ["x", "y", "z"],
    ]);
  });

  it("split and merge flags without losing or winning any", () => {
    const whole = scan(group("g1", "abcdefgh"));
    const parts = scan(group("g2", "abcde"), group("g3", "fgh"));
    expect(changes(whole, parts)).toEqual([
      ["split", null, "g3"],
      ["same", "g1", "g2"],
    ]);
    expect(changes(parts, whole)).toEqual([
      ["merged", "g3", null],
      ["same", "g2", "g1"],
    ]);
  });

  it("are scored on labelled accounts alone", () => {
    const truth = new Map([
      ["a", true],
      ["b", false],
      ["z", true],
    ]);
    const { labels } = compareScans(scan(group("g1", "abcd")), scan(group("g1", "acd")), truth);
    expect(labels).toMatchObject({
      positive: 2,
      legitimate: 1,
      before: { precision: 0.5, recall: 0.5 },
      after: { precision: 1, recall: 0.5 },
    });
  });
});
