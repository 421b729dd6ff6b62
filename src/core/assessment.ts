/** What `scan --json` prints: the contract of `docs/schema/scan-v1.json`. Times are ISO 8601 in UTC; bits are log₂ of e-values. */

/** What can be said of a group; by two axes, hidden coordination and harvest. */
export const ASSESSMENTS = [
  "campaign",
  "relay",
  "bulk",
  "explained",
  "undetermined",
  "watch",
] as const;
/** One of `ASSESSMENTS`. */
export type Assessment = (typeof ASSESSMENTS)[number];

/** Is there one hidden operator, and does the traffic look like the making of training data? */
export type Axis = "coordination" | "harvest";
/** Families of signals that could be faked together; chains multiply in this order. */
export type Channel = "identity" | "time" | "content" | "output";
/** What an account is to its group. */
export const ROLES = ["operated", "mixed", "compromised", "end_user", "uncertain"] as const;
/** One of `ROLES`. */
export type Role = (typeof ROLES)[number];

/** What the group's exchanges ask of the model; shares add up to 1. */
export const CAPABILITIES = ["reasoning", "grading", "tools", "code", "analysis", "other"] as const;
/** One of `CAPABILITIES`. */
export type Capability = (typeof CAPABILITIES)[number];

/** A reference population's values: median, 5 % and 95 % quantiles, and how many were measured (0: a shipped constant). */
export interface Reference {
  readonly median: number;
  readonly low: number;
  readonly high: number;
  readonly n: number;
}

/** One signal's finding on one group. */
export interface Evidence {
  readonly signal: string;
  readonly axis: Axis;
  readonly channel: Channel;
  readonly bits: number;
  /** True where the trait gathered the group: it can't testify, and its bits are 0. */
  readonly found_group: boolean;
  /** True where the finding is told and never weighed: its bits are 0. */
  readonly describes: boolean;
  readonly sentence: string;
  readonly value: number;
  readonly reference: Reference;
  /** Ids of exchanges that show it; where it is about accounts, exchanges of theirs. */
  readonly examples: readonly string[];
}

/** An account of a group, with its role and degree. */
export interface Member {
  readonly account: string;
  readonly role: Role;
  /** Share of the account's exchanges that carry the group's keys, 0 to 1. */
  readonly share: number;
}

/** Accounts found together, and what is said of them. */
export interface Group {
  readonly id: string;
  readonly assessment: Assessment;
  /** Why, where the assessment is `explained`, `undetermined` or `watch`; empty otherwise. */
  readonly reason: string;
  readonly accounts: readonly string[];
  readonly exchanges: number;
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly first_seen: string;
  readonly last_seen: string;
  /** End of the first tick at which the group was flagged, in the traffic's time; null where it was not. */
  readonly detected_at: string | null;
  /** The group's exchanges up to `detected_at`; all of them where it was not flagged. */
  readonly exchanges_before_alert: number;
  readonly coordination_bits: number;
  readonly harvest_bits: number;
  /** The least false-discovery rate that flags the group; 1 where none does. */
  readonly q_value: number;
  readonly lineage: string;
  readonly members: readonly Member[];
  readonly evidence: readonly Evidence[];
  readonly capabilities: Readonly<Record<Capability, number>>;
  readonly techniques: readonly string[];
}

/** A signal that could not see in this traffic, and the field that would open its eyes. */
export interface BlindSignal {
  readonly signal: string;
  readonly needs: string;
}

/** A parameter's value. */
export type Setting = number | string | boolean;

/** The whole answer of a scan. */
export interface ScanResult {
  readonly version: 1;
  readonly window: { readonly from: string | null; readonly to: string | null };
  readonly exchanges: number;
  readonly accounts: number;
  readonly rejected: number;
  /** The false-discovery rate and the tick the groups were judged with. */
  readonly q: number;
  readonly tick_seconds: number;
  /** Parameters of signals that were not at their defaults, as `signal.key`; absent where all were. */
  readonly settings?: Readonly<Record<string, Setting>>;
  readonly blind: readonly BlindSignal[];
  readonly groups: readonly Group[];
}

/** What the report draws of one group beyond the JSON. Hours are whole UTC hours counted from `from`. */
export interface GroupDetail {
  readonly id: string;
  /** First hour, ISO 8601. */
  readonly from: string;
  /** The group's exchanges an hour, and everyone's in the same hours. */
  readonly group: readonly number[];
  readonly everyone: readonly number[];
  /** At most 200 accounts, ordered by their first exchange; counts[i][h] = exchanges of accounts[i] in hour h. */
  readonly matrix: {
    readonly accounts: readonly string[];
    readonly counts: readonly (readonly number[])[];
  };
}
