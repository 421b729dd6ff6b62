import type {
  BacktestResult,
  FlagComparison,
  FlagSummary,
} from "../../src/core/backtest-result.ts";
import type { Examination } from "../../src/judge/examine-input.ts";
import { HEALTHY } from "../judge/sample-findings.ts";

const FLAG: FlagSummary = {
  group: "g1",
  accounts: 80,
  exchanges: 2070,
  detected_at: "2026-04-23T13:00:00.000Z",
  exchanges_before_alert: 572,
  bits: 37.2,
};
const LATER = { detected_at: "2026-04-24T02:00:00.000Z", exchanges_before_alert: 1200, bits: 24 };

const flags: readonly FlagComparison[] = [
  {
    change: "lost",
    before: { ...FLAG, group: "g2" },
    after: null,
    otherwise: { assessment: "watch", reason: "12 parties are too few." },
  },
  { change: "won", before: null, after: { ...FLAG, group: "g9" }, otherwise: null },
  {
    change: "later",
    before: FLAG,
    after: { ...FLAG, ...LATER, group: "g4", accounts: 78 },
    otherwise: null,
  },
  { change: "merged", before: { ...FLAG, group: "g3" }, after: null, otherwise: null },
  {
    change: "same",
    before: { ...FLAG, group: "g5" },
    after: { ...FLAG, group: "g5" },
    otherwise: null,
  },
];

/** A backtest that has flags of most kinds, and labels. */
export const BACKTEST: BacktestResult = {
  version: 1,
  window: { from: "2026-04-22T00:00:00.000Z", to: "2026-05-02T00:00:00.000Z" },
  exchanges: 120_000,
  accounts: 900,
  settings: [
    { setting: "q", before: 0.01, after: 0.001 },
    { setting: "echo.cap_bits", before: 60, after: 20 },
  ],
  flags,
  accounts_before: 320,
  accounts_after: 318,
  accounts_lost: ["a", "b", "c"],
  accounts_won: ["d"],
  labels: {
    positive: 100,
    legitimate: 40,
    before: { flagged_positive: 98, flagged_legitimate: 2, precision: 0.98, recall: 0.98 },
    after: { flagged_positive: 0, flagged_legitimate: 0, precision: null, recall: 0 },
  },
};

/** An examination that has something of everything. */
export const EXAMINATION: Examination = {
  version: 1,
  sample: {
    inputs: 8,
    of_inputs: 300,
    whole: false,
    bytes_each: 4e6,
    scale: 400,
    total_bytes: 12.8e9,
    bytes: 32e6,
  },
  lines: {
    lines: 1003,
    accepted: 1000,
    rejected: 3,
    rejections: [{ file: "a.ndjson", line: 7, reason: "no account" }],
    aside: { "embeddings calls": 12 },
  },
  accounts: { lines: 50, accepted: 50, rejected: 0, rejections: [], ignored: {} },
  findings: { ...HEALTHY, unread: [{ field: "trace\u001b[31m", lines: 1000 }] },
  blind: [],
  expected: {
    reading_seconds: 610,
    linking_seconds: 140,
    judging_seconds: 1220,
    disk_bytes: 2.4e9,
  },
  problems: [{ level: "weakens", sentence: "30 % of the requests have no answer: echo is weak." }],
};
