import { describe, expect, it } from "vitest";
import { INTENT } from "../../src/core/key-kind.ts";
import { measureAxis, mergeFindings } from "../../src/judge/weigh-slice.ts";
import { grading } from "../../src/signals/grading.ts";
import { measure, sliceOf } from "./slice-of.ts";

const graded = { intent: INTENT.grading, built: false, outputTokens: 4, answerBytes: 8 };

describe("grading", () => {
  it("tells of a group that uses the model as a judge", () => {
    const { value, sentence, examples } = measure(
      grading,
      sliceOf({ accounts: 20, exchange: () => graded }),
    );
    expect(value).toBe(1);
    expect(sentence).toContain("100 % of the sampled conversations of 20 accounts ask for grades");
    expect(examples).toHaveLength(5);
  });

  it("is never weighed, as elicitation weighs the same requests", () => {
    const slice = sliceOf({ accounts: 20, exchange: () => graded });
    const findings = measureAxis("harvest", slice);
    const weighed = findings.filter(({ signal }) => signal !== "grading");
    expect(weighed).toHaveLength(findings.length - 1);
    expect(mergeFindings(findings)).toEqual(mergeFindings(weighed));
  });

  it("tells the same of an evaluation team that grades: it says what, and not whose", () => {
    const slice = sliceOf({ accounts: 6, exchange: () => graded });
    expect(measure(grading, slice).value).toBe(1);
  });

  it("does not see grades asked for without the word, or those that somebody goes on from", () => {
    const wordless = () => ({ ...graded, intent: 0 });
    const built = () => ({ ...graded, built: true });
    for (const exchange of [wordless, built]) {
      expect(measure(grading, sliceOf({ accounts: 20, exchange }))).toMatchObject({
        value: 0,
        sentence: "",
      });
    }
  });
});
