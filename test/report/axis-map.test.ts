import { describe, expect, it } from "vitest";
import { axisMap } from "../../src/report/axis-map.ts";
import { flaggedGroups } from "../../src/report/wording.ts";
import { sampleOutcome } from "./sample-outcome.ts";

const mapOf = (result: ReturnType<typeof sampleOutcome>["result"]) =>
  axisMap(result, flaggedGroups(result.groups)).markup;

describe("the map of groups", () => {
  it("tells kinds apart by shape and word, not by colour only", () => {
    const { result } = sampleOutcome({ campaigns: 2, others: 5, accounts: 20, hours: 240 });
    const markup = mapOf(result);
    const shapes = [...markup.matchAll(/<path class="(\w+)"[^>]* d="([^"]+)"/g)];
    const byKind = new Map(shapes.map(([, kind, d]) => [kind, d]));
    expect(new Set(byKind.values()).size).toBe(byKind.size);
    for (const kind of ["campaign", "relay", "bulk", "explained", "undetermined", "watch"])
      expect(markup).toContain(`</b> ${kind}`);
  });

  it("draws the flagged region round the flagged groups alone", () => {
    const { result } = sampleOutcome({ campaigns: 2, others: 5, accounts: 20, hours: 240 });
    const markup = mapOf(result);
    const region =
      /class="region"\s+x="([\d.]+)"\s+y="([\d.]+)"\s+width="[\d.]+"\s+height="([\d.]+)"/;
    const [x, y, height] = region.exec(markup)!.slice(1).map(Number);
    const inside = [
      ...markup.matchAll(/class="(\w+)" transform="translate\(([\d.]+) ([\d.]+)\)"[^>]*><title>/g),
    ].map(([, kind, left, top]) => [
      kind,
      Number(left) >= x! - 0.1 && Number(top) <= y! + height! + 0.1,
    ]);
    expect(inside).toHaveLength(7);
    for (const [kind, within] of inside) expect(within).toBe(kind === "campaign");
  });

  it("says what a flag would need where nothing is flagged", () => {
    const { result } = sampleOutcome({ campaigns: 0, others: 5, hours: 240 });
    expect(mapOf(result)).toContain("both axes reach 6.6 bits");
  });

  it("draws evidence under nought at nought", () => {
    const { result } = sampleOutcome({ campaigns: 0, others: 1, hours: 240 });
    const groups = [{ ...result.groups[0]!, coordination_bits: -9, harvest_bits: -2 }];
    expect(mapOf({ ...result, groups })).toContain("translate(40 310)");
  });
});
