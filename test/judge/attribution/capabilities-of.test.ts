import { describe, expect, it } from "vitest";
import { CAPABILITIES } from "../../../src/core/assessment.ts";
import { INTENT } from "../../../src/core/key-kind.ts";
import { capabilitiesOf } from "../../../src/judge/attribution/capabilities-of.ts";
import { sliceOf } from "../../signals/slice-of.ts";

const asked = (intents: readonly number[], steps = 0) =>
  capabilitiesOf(
    sliceOf({
      accounts: 40,
      exchange: (_, i) => ({ intent: intents[i % intents.length]!, steps }),
    }).accounts,
  );

describe("what a group asks for", () => {
  it("is one kind a conversation, the first that fits, and the shares add up to 1", () => {
    const kinds = [
      INTENT.grading | INTENT.code,
      INTENT.reasoning | INTENT.code,
      INTENT.vision | INTENT.code,
      INTENT.code,
      INTENT.analysis,
      INTENT.tools,
      0,
      0,
    ];
    const shares = asked(kinds);
    const told = Object.fromEntries(CAPABILITIES.map((kind) => [kind, shares[kind].share]));
    expect(told).toEqual({
      grading: 0.125,
      reasoning: 0.125,
      agentic: 0,
      tools: 0.125,
      vision: 0.125,
      code: 0.125,
      analysis: 0.125,
      other: 0.25,
    });
  });

  it("takes tools for an agent's where several steps follow", () => {
    expect(asked([INTENT.tools], 2).agentic).toMatchObject({ share: 1, high: 1 });
    expect(asked([INTENT.tools], 1).tools.share).toBe(1);
  });

  it("weighs accounts by what they sent", () => {
    const { accounts } = sliceOf({
      accounts: 2,
      exchange: (account) => ({ intent: account === 0 ? INTENT.code : 0 }),
      account: (account) => ({ exchanges: account === 0 ? 90 : 10 }),
    });
    expect(capabilitiesOf(accounts).code.share).toBe(0.9);
  });

  it("knows nothing where nothing was sampled", () => {
    expect(capabilitiesOf([]).code).toEqual({ share: 0, low: 0, high: 1 });
  });
});
