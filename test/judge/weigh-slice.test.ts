import { describe, expect, it } from "vitest";
import { type Finding, measureAxis, mergeFindings } from "../../src/judge/weigh-slice.ts";
import { sliceOf } from "../signals/slice-of.ts";

const finding: Finding = {
  signal: "a",
  axis: "coordination",
  channel: "time",
  bits: 12,
  value: 1,
  reference: { median: 0, low: 0, high: 0, n: 0 },
  sentence: "Something.",
  examples: [],
  foundGroup: false,
};

describe("mergeFindings", () => {
  it.each(["coordination", "harvest"] as const)(
    "counts what only describes nowhere: %s",
    (axis) => {
      const weighed = { ...finding, axis };
      const told = { ...weighed, signal: "b", bits: 40, describes: true } as const;
      const alone = mergeFindings([weighed]);
      expect(alone[axis]).toBeGreaterThan(5);
      expect(mergeFindings([weighed, told])).toEqual(alone);
      expect(mergeFindings([told])[axis]).toBe(mergeFindings([])[axis]);
    },
  );
});

describe("measureAxis", () => {
  it("marks the findings of signals that only describe", () => {
    const findings = measureAxis("harvest", sliceOf({ accounts: 4 }));
    const told = findings.filter(({ describes }) => describes === true);
    expect(told.map(({ signal }) => signal)).toEqual(["grading"]);
  });
});
