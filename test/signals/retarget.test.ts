import { describe, expect, it } from "vitest";
import { retarget } from "../../src/signals/retarget.ts";
import { comparisonOf, DAY, describeWith, type Sketch, START } from "./comparison-of.ts";

/** Works with one model from the start, and takes up another so many seconds after the tenth day. */
const moves = (after: number): ReturnType<Sketch> => ({
  models: [
    { model: "orion-4", time: START, id: "ex_0" },
    { model: "orion-5", time: START + 10 * DAY + after, id: `ex_${after}` },
  ],
});

describe("retarget", () => {
  it("tells of payers that take up another model within a day, where others take weeks", () => {
    const found = describeWith(
      retarget,
      comparisonOf((i) => moves(i * 60)),
    );
    expect(found.value).toBe(1);
    expect(found.reference.high).toBeLessThan(0.5);
    expect(found.sentence).toContain(
      "100 % of 40 payers that had worked with other models took up orion-5",
    );
    expect(found.examples).toEqual(["ex_0", "ex_60", "ex_120", "ex_180", "ex_240"]);
  });

  it("says nothing of enthusiasts on the day of a release, when everybody moves", () => {
    const release = comparisonOf(
      (i) => moves(i * 60),
      (i) => moves((i % 40) * 60),
    );
    expect(describeWith(retarget, release)).toMatchObject({ value: 1, sentence: "" });
  });

  it("does not see moves spread over weeks, or a pool that begins with the model", () => {
    const spread = comparisonOf((i) => moves(i * DAY));
    expect(describeWith(retarget, spread).sentence).toBe("");
    const fresh = comparisonOf(() => ({
      models: [{ model: "orion-5", time: START + 10 * DAY, id: "ex_1" }],
    }));
    expect(describeWith(retarget, fresh)).toMatchObject({ value: 0, sentence: "" });
  });
});
