import type { Assessment } from "./assessment.ts";

/** A flagged group on one side of a comparison. */
export interface FlagSummary {
  readonly group: string;
  readonly accounts: number;
  readonly exchanges: number;
  readonly detected_at: string | null;
  readonly exchanges_before_alert: number;
  /** Evidence of the weaker axis. */
  readonly bits: number;
}

/** What becomes of a flag: `split` and `merged` are of accounts that other flags had, or have. */
export type FlagChange = "lost" | "won" | "earlier" | "later" | "same" | "split" | "merged";

/** A flag before and after. */
export interface FlagComparison {
  readonly change: FlagChange;
  readonly before: FlagSummary | null;
  readonly after: FlagSummary | null;
  /** What is said of most of its accounts on the side where it is not flagged; null where nothing is, or it is flagged on both. */
  readonly otherwise: { readonly assessment: Assessment; readonly reason: string } | null;
}

/** How flagged accounts compare with what people found. Shares are null where there is nothing to divide by. */
export interface LabelScore {
  readonly flagged_positive: number;
  readonly flagged_legitimate: number;
  /** Positive ones among the labelled accounts that are flagged. */
  readonly precision: number | null;
  /** Flagged ones among the positive accounts. */
  readonly recall: number | null;
}

/** One setting that differs; parameters of signals are `signal.key`. */
export interface SettingChange {
  readonly setting: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** What `backtest --json` prints: the same history judged twice. */
export interface BacktestResult {
  readonly version: 1;
  readonly window: { readonly from: string | null; readonly to: string | null };
  readonly exchanges: number;
  readonly accounts: number;
  readonly settings: readonly SettingChange[];
  readonly flags: readonly FlagComparison[];
  readonly accounts_before: number;
  readonly accounts_after: number;
  readonly accounts_lost: readonly string[];
  readonly accounts_won: readonly string[];
  readonly labels: {
    readonly positive: number;
    readonly legitimate: number;
    readonly before: LabelScore;
    readonly after: LabelScore;
  } | null;
}
