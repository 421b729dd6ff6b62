/** What `scan --json` prints: the contract of `docs/schema/scan-v1.json`. Times are ISO 8601 in UTC; bits are log₂ of e-values. */

export const ASSESSMENTS = [
  "campaign",
  "relay",
  "bulk",
  "explained",
  "undetermined",
  "watch",
] as const;
export type Assessment = (typeof ASSESSMENTS)[number];

export type Axis = "coordination" | "harvest";
/** Families of signals that could be faked together; chains multiply in this order. */
export type Channel = "identity" | "time" | "content" | "output";
export const ROLES = ["operated", "mixed", "compromised", "end_user", "uncertain"] as const;
export type Role = (typeof ROLES)[number];

export const CAPABILITIES = [
  "reasoning",
  "grading",
  "tools",
  "code",
  "analysis",
  "other",
] as const;
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
  readonly sentence: string;
  readonly value: number;
  readonly reference: Reference;
  /** Ids of exchanges that show it. */
  readonly examples: readonly string[];
}

export interface Member {
  readonly account: string;
  readonly role: Role;
  /** Share of the account's exchanges that carry the group's keys, 0 to 1. */
  readonly share: number;
}

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

export interface ScanResult {
  readonly version: 1;
  readonly window: { readonly from: string | null; readonly to: string | null };
  readonly exchanges: number;
  readonly accounts: number;
  readonly rejected: number;
  /** The false-discovery rate and the tick the groups were judged with. */
  readonly q: number;
  readonly tick_seconds: number;
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
