import type { WorldResult } from "../../src/range/run-result.ts";
import type { CampaignScore } from "../../src/range/score-scan.ts";
import type { HypothesisScore } from "../../src/range/score-study.ts";

/** A scored world with one operation found and one wrong hypothesis, or with what is given instead. */
export function worldResult(own: Partial<WorldResult> = {}): WorldResult {
  return {
    kind: "world",
    suite: "reported",
    world: "one",
    seed: "1",
    exchanges: 1000,
    accounts: 50,
    bytes: 1e6,
    seconds: { compose: 1, scan: 2, baselines: 0 },
    score: {
      seed: "1",
      campaigns: [campaignScore({})],
      lookalikes: [],
      flaggedGroups: 1,
      falseGroups: 0,
      flaggedAccounts: 20,
      falseAccounts: 0,
      strangers: 0,
    },
    people: [{ trait: "language", value: "de", accounts: 40, flagged: 1 }],
    flags: [
      {
        positive: true,
        accounts: 20,
        qValue: 1e-5,
        bits: 20,
        evidence: [
          { signal: "echo", axis: "coordination", bits: 30 },
          { signal: "payment", axis: "coordination", bits: 10 },
          { signal: "lockstep", axis: "coordination", bits: -3 },
          { signal: "template", axis: "harvest", bits: 20 },
        ],
      },
    ],
    study: {
      hypotheses: [hypothesisScore({ positive: true, flagged: true, qValue: 1e-5 })],
      ablations: [
        { without: "", found: { c1: 100 }, flagged: 1, falseFlags: 0 },
        { without: "echo", found: {}, flagged: 1, falseFlags: 1 },
      ],
    },
    baselines: [],
    ...own,
  };
}

/** An operation found after a tenth of its exchanges, or as given. */
export function campaignScore(own: Partial<CampaignScore>): CampaignScore {
  return {
    id: "c1",
    name: "graders",
    accounts: 20,
    exchanges: 1000,
    detected: true,
    groups: 1,
    recall: 0.9,
    exchangeRecall: 0.95,
    precision: 1,
    purity: 1,
    relayRecall: 0,
    exchangesBefore: 100,
    shareBefore: 0.1,
    delayHours: 12,
    assessments: [],
    ...own,
  };
}

/** A legitimate hypothesis with a few signals, or as given. */
export function hypothesisScore(own: Partial<HypothesisScore>): HypothesisScore {
  return {
    positive: false,
    family: "people",
    oneOwner: false,
    accounts: 10,
    exchanges: 200,
    flagged: false,
    qValue: 1,
    coordination: -1,
    harvest: -1,
    running: -2,
    signals: { echo: -1, payment: 0 },
    ...own,
  };
}
