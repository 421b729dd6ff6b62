import { describe, expect, it } from "vitest";
import type { Group } from "../../src/core/assessment.ts";
import type { Explanation } from "../../src/core/explanation.ts";
import { story } from "../../src/report/story.ts";
import { sampleOutcome } from "./sample-outcome.ts";

const [campaign] = sampleOutcome({ campaigns: 1, others: 0, accounts: 50, hours: 240 }).result
  .groups;
const WIDTH = 80;

function explanation(more: Partial<Explanation>): Explanation {
  return {
    version: 1,
    name: "acct_1",
    scanned_at: "2026-05-03T08:00:00.000Z",
    q: 0.01,
    tick_seconds: 3600,
    groups: [],
    memberships: [],
    alone: null,
    ...more,
  };
}

describe("a story", () => {
  it("ends with what the scan judged by", () => {
    const settings = { "echo.cap_bits": 50 };
    const text = story(explanation({ groups: [campaign!], settings }), 400);
    expect(text).toContain("q 0.01, tick 1 h, echo.cap_bits 50. The software flags;");
  });

  it("tells of an account in a flagged group everything that was said", async () => {
    const member = campaign!.members.find(({ role }) => role === "mixed")!;
    const text = story(
      explanation({
        name: member.account,
        groups: [campaign!],
        memberships: [{ ...member, group: campaign!.id }],
      }),
      WIDTH,
    );
    for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(WIDTH);
    await expect(text).toMatchFileSnapshot("./golden/story-campaign.txt");
    for (const { signal, examples, reference } of campaign!.evidence) {
      expect(text).toContain(signal);
      for (const example of examples) expect(text).toContain(example);
      if (reference.n > 0) expect(text.replace(/\s+/g, " ")).toContain(`${reference.n} measured)`);
    }
  });

  it("tells what an explained group looked like, and what it is instead", () => {
    const explained = (coordination_bits: number, harvest_bits: number): string =>
      story(explanation({ groups: [notFlagged(coordination_bits, harvest_bits)] }), 400);
    const but = "but: most uses come from one list.";
    expect(explained(3, 30)).toContain(`It looked like the making of training data, ${but}`);
    expect(explained(9, 30)).toContain(
      `It looked like one hidden operator making training data, ${but}`,
    );
    expect(explained(9, 1)).toContain(`It looked like one hidden operator, ${but}`);
    expect(explained(9, 1)).toContain("It was never flagged.");
  });

  it("tells of an account in no group what it shares and whether that is common", () => {
    const shared = [
      { kind: "system", keys: 1, others: 812, usual: 0.64 },
      { kind: "payment", keys: 1, others: 1, usual: 0.004 },
    ];
    const alone = { exchanges: 10, first_seen: null, last_seen: null, shared };
    const text = story(explanation({ alone }), 400);
    expect(text).toContain("acct_1 is in no group that something is said of.");
    expect(text).toContain(
      "its system prompt: with 812 others (common: 64 % of all accounts share such)",
    );
    expect(text).toContain(
      "its means of payment: with 1 other (rare: <1 % of all accounts share such)",
    );
  });

  it("shows hostile names as text that can't move the cursor", () => {
    const hostile = "\u001b[2J\u202eevil";
    const text = story(
      explanation({
        name: hostile,
        groups: [{ ...campaign!, id: hostile, members: [] }],
        memberships: [
          { account: hostile, group: hostile, role: "operated", share: 1, exchanges: 9 },
        ],
      }),
      WIDTH,
    );
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
  });
});

function notFlagged(coordination_bits: number, harvest_bits: number): Group {
  return {
    ...campaign!,
    assessment: "explained",
    reason: "Most uses come from one list.",
    detected_at: null,
    coordination_bits,
    harvest_bits,
  };
}
