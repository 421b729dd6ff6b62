import { inflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { activityMatrix } from "../../src/report/activity-matrix.ts";
import { indexedPng } from "../../src/report/indexed-png.ts";
import { binCount, binned, timeBins } from "../../src/report/time-bins.ts";
import { timelineChart } from "../../src/report/timeline-chart.ts";
import { sampleOutcome } from "./sample-outcome.ts";

/** A picture's header and pixels, read back by the PNG specification. */
function read(png: Buffer) {
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at);
    chunks.set(png.toString("latin1", at + 4, at + 8), png.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  const header = chunks.get("IHDR")!;
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const rows = inflateSync(chunks.get("IDAT")!);
  const pixels = Array.from({ length: height }, (_, row) => [
    ...rows.subarray(row * (width + 1) + 1, (row + 1) * (width + 1)),
  ]);
  return { width, height, pixels, names: [...chunks.keys()] };
}

describe("indexedPng", () => {
  it("holds the pixels it was given", () => {
    const png = indexedPng(Uint8Array.of(0, 1, 2, 2, 1, 0), 3, 2, [
      [0, 0, 0, 0],
      [0, 114, 178, 128],
      [0, 114, 178, 255],
    ]);
    expect(read(png)).toEqual({
      width: 3,
      height: 2,
      pixels: [
        [0, 1, 2],
        [2, 1, 0],
      ],
      names: ["IHDR", "PLTE", "tRNS", "IDAT", "IEND"],
    });
  });
});

describe("timeBins", () => {
  it.each([
    [10, 240, 1, 10],
    [240, 240, 1, 240],
    [241, 240, 2, 121],
    [1080, 240, 6, 180],
    [24 * 365, 240, 48, 183],
    [0, 240, 1, 1],
  ])("gathers %i hours into at most %i bins", (hours, most, hoursPerBin, bins) => {
    expect(timeBins(hours, most)).toEqual({ hoursPerBin, bins });
  });

  it("loses no exchange", () => {
    const hourly = Array.from({ length: 1001 }, (_, hour) => hour % 7);
    const sums = binned(hourly, timeBins(hourly.length, 100));
    expect(sums.reduce((a, b) => a + b, 0)).toBe(hourly.reduce((a, b) => a + b, 0));
  });

  it("says what its columns are", () => {
    expect(binCount(5, { hoursPerBin: 1, bins: 5 })).toBe("5 hours");
    expect(binCount(5, { hoursPerBin: 24, bins: 5 })).toBe("5 days");
    expect(binCount(5, { hoursPerBin: 6, bins: 5 })).toBe("5 periods of 6 hours");
  });
});

describe("the matrix and the timeline", () => {
  const detail = {
    id: "g",
    from: "2026-04-22T00:00:00.000Z",
    group: [0, 1, 5, 0],
    everyone: [10, 10, 10, 10],
    matrix: {
      accounts: ["a", "b"],
      counts: [
        [0, 1, 3, 0],
        [0, 0, 2, 0],
      ],
    },
    gathering: { required: 1, whole: false, keys: [] },
    releases: [
      { model: "orion-5", time: "2026-04-22T01:00:00.000Z" },
      { model: "orion-6", time: "2026-04-22T03:00:00.000Z", isKnown: true },
    ],
  };

  it("draws a row an account and a column an hour, darker for more", () => {
    const { markup } = activityMatrix(detail, { rows: 200, bins: 240 });
    const base64 = /base64,([^"]+)"/.exec(markup)![1]!;
    expect(read(Buffer.from(base64, "base64")).pixels).toEqual([
      [0, 1, 2, 0],
      [0, 0, 2, 0],
    ]);
    expect(markup).toContain("Of 2 accounts shown, the first begins on 22 Apr 2026");
  });

  it("says in words what the timeline shows", () => {
    const { markup } = timelineChart(
      detail,
      {
        detected_at: "2026-04-22T03:00:00.000Z",
        history: [
          { time: "2026-04-22T01:00:00.000Z", event: "joined", accounts: 2, group: null },
          { time: "2026-04-22T02:00:00.000Z", event: "suspended", accounts: 1, group: null },
        ],
      },
      240,
    );
    expect(markup).toContain(
      "The group was active in 2 of 4 hours; its busiest began 2026-04-22 02:00 UTC with 5 exchanges, 50 % of everyone&#39;s.",
    );
    expect(markup).toContain("flagged 2026-04-22 03:00 UTC");
    expect(markup).toContain("suspended: 1 account on 22 Apr 2026");
    expect(markup.match(/class="suspended" x1="480"/g)).toHaveLength(2);
    expect(markup).toContain("first asked for: orion-5 on 22 Apr 2026<");
    expect(markup).toContain("came out: orion-6 on 22 Apr 2026<");
    expect(markup.match(/class="release" x1="240"/g)).toHaveLength(2);
  });

  it("draws nothing of a group without exchanges and does not fail", () => {
    const none = { ...detail, group: [], everyone: [], matrix: { accounts: [], counts: [] } };
    expect(activityMatrix(none, { rows: 200, bins: 240 }).markup).toBe("");
    expect(timelineChart(none, { detected_at: null, history: [] }, 240).markup).not.toContain(
      "NaN",
    );
  });

  it("draws the rows of a large group evenly", () => {
    const large = sampleOutcome({ campaigns: 1, accounts: 400, hours: 100 }).details[0]!;
    const { markup } = activityMatrix(large, { rows: 50, bins: 120 });
    expect(markup).toContain("Every 4th row is drawn.");
  });
});
