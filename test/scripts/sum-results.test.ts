import { describe, expect, it } from "vitest";
import { countResults } from "../../scripts/sum-results.ts";

const results = (passed: number, failed: number, more: object = {}): string =>
  JSON.stringify({ numPassedTests: passed, numFailedTests: failed, ...more });

describe("the last line of a CI run", () => {
  it("counts what passed and what failed", () => {
    expect(countResults(results(7, 2, { success: false }))).toEqual({ passed: 7, failed: 2 });
  });

  it("counts a run that left no results, or broken ones, as a failure", () => {
    expect(countResults(undefined)).toEqual({ passed: 0, failed: 1 });
    expect(countResults('{"numPassedTests":3')).toEqual({ passed: 0, failed: 1 });
    expect(countResults("{}")).toEqual({ passed: 0, failed: 1 });
  });

  it("counts a test file that could not be loaded as a failure", () => {
    const testResults = [{ status: "failed", assertionResults: [] }];
    expect(countResults(results(3, 0, { success: false, testResults }))).toEqual({
      passed: 3,
      failed: 1,
    });
  });

  it("counts a run that failed outside its tests as a failure", () => {
    const testResults = [{ status: "passed", assertionResults: [{ status: "passed" }] }];
    expect(countResults(results(3, 0, { success: false, testResults }))).toEqual({
      passed: 3,
      failed: 1,
    });
  });
});
