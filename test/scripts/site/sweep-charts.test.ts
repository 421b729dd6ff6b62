import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { sweepCharts } from "../../../scripts/site/sweep-charts.ts";

const page = `### Points of the sweeps

| point | worlds | account recall |
| ----- | -----: | -------------: |
| cover × wordings: cover 0.5, wordings 20 | 2 | 50.0 % (40.0–60.0) |
| cover × wordings: cover 0, wordings 20 | 2 | 100.0 % |
| cover × wordings: cover 0, wordings 1 | 2 | 96.3 % |
| share in view: view 1 | 1 | 98.8 % |

### Another table

| point | account recall |
| --- | --- |
| cover × wordings: cover 1, wordings 1 | 0.0 % |
`;

describe("the curves of the range's sweeps", () => {
  it("are read from the published table, a curve for each value of the second dial", () => {
    const [chart, ...others] = sweepCharts(page);
    expect(others).toEqual([]);
    expect(chart).toMatchObject({ title: "cover × wordings", xTitle: "cover" });
    expect(chart?.curves).toEqual([
      {
        name: "wordings 1",
        points: [{ x: 0, at: "0", y: { mean: 0.963, low: 0.963, high: 0.963 } }],
      },
      {
        name: "wordings 20",
        points: [
          { x: 0, at: "0", y: { mean: 1, low: 1, high: 1 } },
          { x: 1, at: "0.5", y: { mean: 0.5, low: 0.4, high: 0.6 } },
        ],
      },
    ]);
  });

  it("are there in the range's own page", () => {
    const own = readFileSync(join(import.meta.dirname, "../../../docs/range.md"), "utf8");
    expect(sweepCharts(own).length).toBeGreaterThan(1);
  });

  it("are missed where the table is gone", () => {
    expect(() => sweepCharts("# Range")).toThrow("no table");
  });
});
