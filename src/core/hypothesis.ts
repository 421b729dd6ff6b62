/** What was tested, told apart from what was said of it: for those who measure the judge. Bits are log₂ of e-values. */

/** What one signal said of a hypothesis at its last look. */
export interface SignalBits {
  readonly signal: string;
  readonly bits: number;
  /** False where the trait gathered the group, so that it could not testify. */
  readonly testified: boolean;
}

/** A group that reached a look and so counts in the error control. */
export interface Hypothesis {
  /** Order of arrival, from 1. */
  readonly rank: number;
  readonly accounts: readonly string[];
  readonly exchanges: number;
  /** Running evidence of both axes over all looks. */
  readonly coordination_bits: number;
  readonly harvest_bits: number;
  /** Merged evidence of the last look alone. */
  readonly last_coordination_bits: number;
  readonly last_harvest_bits: number;
  readonly signals: readonly SignalBits[];
  /** The least false-discovery rate that flags it; 1 where none does. */
  readonly q_value: number;
  /** Milliseconds since 1970; null where it was not flagged. */
  readonly flagged_at: number | null;
}

/** What would have been flagged without one signal; `without` is empty for the judge as it is. */
export interface Ablation {
  readonly without: string;
  /** Ranks of the hypotheses flagged, and when (milliseconds since 1970). */
  readonly flagged: readonly { readonly rank: number; readonly at: number }[];
}

/** What a group took to be flagged that was given to the judge, not found by it. Times: milliseconds since 1970, null for never. */
export interface GivenOutcome {
  readonly id: string;
  /** Running evidence of both axes over all looks. */
  readonly coordination_bits: number;
  readonly harvest_bits: number;
  /** As a single hypothesis: both axes, and each alone. */
  readonly flagged_at: number | null;
  readonly coordinated_at: number | null;
  readonly harvested_at: number | null;
  /** As if it had arrived after the hypotheses of the judge: both axes, and coordination alone. */
  readonly flagged_in_order_at: number | null;
  readonly coordinated_in_order_at: number | null;
  /** Measured once more at the end, on all that its accounts send. */
  readonly signals: readonly SignalBits[];
  /** The accounts that no finding leaves out at the end. */
  readonly members: readonly string[];
}

/** Everything that was tested in one scan. */
export interface Study {
  readonly hypotheses: readonly Hypothesis[];
  readonly ablations: readonly Ablation[];
  /** Absent where no group was given. */
  readonly given?: readonly GivenOutcome[];
}
