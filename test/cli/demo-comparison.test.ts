import { describe, expect, it } from "vitest";
import { demoComparison } from "../../src/cli/demo-comparison.ts";
import { sampleOutcome } from "../report/sample-outcome.ts";

describe("demoComparison", () => {
  it("says what was found, missed and wrongly flagged", () => {
    const { result } = sampleOutcome({ campaigns: 1, others: 3, accounts: 40, hours: 240 });
    const flagged = result.groups[0]!;
    const truth = {
      campaigns: [
        {
          name: "Reasoning tasks over many accounts",
          accounts: [...flagged.accounts.slice(0, 38), "hidden_1"],
        },
        { name: "Slow graders", accounts: ["b1", "b2"] },
      ],
      lookalikes: [
        { family: "A class with one exercise sheet", accounts: flagged.accounts.slice(38, 39) },
        { family: "A mail classifier", accounts: ["c1", "c2", "c3"] },
        { family: "One person on two accounts", accounts: ["d1", "d2"] },
        { family: "One person on two accounts", accounts: ["e1", "e2"] },
      ],
    };
    const alert = flagged.detected_at!.slice(0, 16).replace("T", " ");
    expect(demoComparison(truth, result)).toBe(
      [
        "Planted campaigns (2):",
        `  Reasoning tasks over many accounts: found 38 of 39 accounts (97 %), flagged ${alert} UTC after ${flagged.exchanges_before_alert.toLocaleString("en-US")} exchanges.`,
        "  Slow graders: missed (2 accounts).",
        "Legitimate look-alikes (3 kinds):",
        "  A class with one exercise sheet: 1 wrongly flagged (1 account).",
        "  A mail classifier: left alone (3 accounts).",
        "  One person on two accounts: left alone (2 groups, 4 accounts).",
        "Of 40 flagged accounts, 2 belong to no planted campaign.",
      ].join("\n"),
    );
  });
});
