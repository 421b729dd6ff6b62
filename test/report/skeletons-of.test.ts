import { describe, expect, it } from "vitest";
import { skeletonsOf } from "../../src/report/skeletons-of.ts";

const shown = (texts: readonly string[]) =>
  skeletonsOf(texts).map(({ filledBy, fixed, fills }) => ({
    filledBy,
    fixed: fixed.map((run) => run.join(" ")),
    fills: fills.map((own) => own.map((words) => words.join(" "))),
  }));

describe("skeletonsOf", () => {
  it("tells what all texts say from what each puts in", () => {
    expect(
      shown([
        "Solve the task: 14 pears in a crate. Show all of it.",
        "Solve the task: two trains leave. Show all of it.",
        "Solve the task: why? Show all of it.",
      ]),
    ).toEqual([
      {
        filledBy: [0, 1, 2],
        fixed: ["Solve the task:", "Show all of it."],
        fills: [
          ["", "14 pears in a crate.", ""],
          ["", "two trains leave.", ""],
          ["", "why?", ""],
        ],
      },
    ]);
  });

  it("loses no word that one text has in the middle of a common run", () => {
    const [found] = shown(["one two three four five six", "one two three and four five six"]);
    expect(found).toEqual({
      filledBy: [0, 1],
      fixed: ["one two three", "four five six"],
      fills: [
        ["", "", ""],
        ["", "and", ""],
      ],
    });
  });

  it("keeps several wordings apart, the commonest first", () => {
    const found = shown([
      "Grade this answer from 1 to 10: blue",
      "Say why the sky turns red",
      "Say why the sky turns green",
      "Say why the sky turns dark",
      "Grade this answer from 1 to 10: old",
    ]);
    expect(found.map(({ filledBy }) => filledBy)).toEqual([
      [1, 2, 3],
      [0, 4],
    ]);
  });

  it("takes a long run for a template however long the rest, and single words for chance", () => {
    const run = "write every step of the reasoning inside the tags";
    const rest = (word: string): string => Array.from({ length: 60 }, (_, i) => word + i).join(" ");
    expect(shown([`${rest("a")} ${run}`, `${rest("b")} ${run}`])[0]!.fixed).toEqual([run]);
    expect(shown(["buy the milk on a day", "paint a wall before the rain of us"])).toEqual([]);
  });

  it("finds nothing in one text or none", () => {
    expect([skeletonsOf([]), skeletonsOf(["one"])]).toEqual([[], []]);
  });
});
