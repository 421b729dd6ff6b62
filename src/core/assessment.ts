/** What `scan --json` prints: the contract of `docs/schema/scan-v1.json`. Times are ISO 8601 in UTC; bits are log₂ of e-values. */

import type { Power } from "./power.ts";

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

/** What the group's conversations ask of the model, by the first kind that fits; shares add up to 1. */
export const CAPABILITIES = [
  "grading",
  "reasoning",
  "agentic",
  "tools",
  "vision",
  "code",
  "analysis",
  "other",
] as const;
/** One of `CAPABILITIES`. */
export type Capability = (typeof CAPABILITIES)[number];

/** A share, 0 to 1, with a 95 % interval in which accounts, not exchanges, are the independent units. */
export interface Share {
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

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
  /** The degree: share of the account's exchanges that are the group's work, 0 to 1. */
  readonly share: number;
  /** How many of its exchanges are the group's work. */
  readonly exchanges: number;
}

/** A technique of MITRE ATLAS, and what speaks for it: signals of the group's evidence, `members` or `assessment`. */
export interface Technique {
  readonly id: string;
  readonly by: readonly string[];
}

/** What the group's exchanges are worth. Null where it is not known. */
export interface Money {
  /** At the list prices that were given, in `currency`. */
  readonly list_price: number | null;
  readonly currency: string | null;
  /** Exchanges with a model that has no price; they are not in `list_price`. */
  readonly unpriced_exchanges: number;
  /** Sum of `billed`, in the provider's own unit. */
  readonly billed: number | null;
}

/** One of several operators in a group's pool, told apart by its work and the accounts it is dealt to. */
export interface Operator {
  readonly id: string;
  readonly accounts: readonly string[];
  readonly exchanges: number;
  readonly first_seen: string;
  readonly last_seen: string;
}

/** A finding that ties a group to another flagged one: one operation with several pools. */
export interface Tie {
  readonly group: string;
  readonly signal: "echo" | "succession" | "worklist";
  readonly bits: number;
  readonly sentence: string;
}

/** What can happen to a group through time. */
export const EVENTS = ["joined", "left", "suspended", "flagged", "merged", "split"] as const;

/** Something that happened to a group. Joins, leaves and suspensions are summed up by UTC day. */
export interface HistoryLine {
  readonly time: string;
  readonly event: (typeof EVENTS)[number];
  /** How many accounts it was about. */
  readonly accounts: number;
  /** The group that was merged into this one, or that this one split from. */
  readonly group: string | null;
}

/** Traits by which the group can be known again in a later scan of the same installation. */
export interface Indicators {
  /** Least keyed hashes of its prompts' common pieces, at most 64, hexadecimal. */
  readonly skeleton: readonly string[];
  /** Share of its exchanges by UTC hour of the day. */
  readonly hours: readonly number[];
  /** Exchanges an account and active day, median over its accounts. */
  readonly pace: number;
}

/** What is compared of an earlier group. */
export interface KnownGroup {
  readonly id: string;
  readonly indicators: Indicators;
  readonly capabilities: Readonly<Record<string, { readonly share: number }>>;
  readonly techniques: readonly { readonly id: string }[];
}

/** An earlier group that this one resembles. Each likeness is 0 to 1; it describes and never adds evidence. */
export interface Likeness {
  readonly group: string;
  readonly skeleton: number;
  readonly capabilities: number;
  readonly techniques: number;
  readonly cadence: number;
}

/** Accounts found together, and what is said of them. */
export interface Group {
  readonly id: string;
  readonly assessment: Assessment;
  /** Why, where the group is not flagged; of a campaign why the agreement doesn't cover it that its accounts name. Empty otherwise. */
  readonly reason: string;
  /** The agreement that all its accounts name; absent where they name none together, or where no agreement is known at all. */
  readonly agreement?: string;
  readonly accounts: readonly string[];
  readonly exchanges: number;
  readonly input_tokens: number;
  readonly output_tokens: number;
  /** Input tokens that were read from a cache; they are in `input_tokens` too. */
  readonly cached_tokens: number;
  readonly money: Money;
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
  readonly history: readonly HistoryLine[];
  /** Common to groups that a finding ties to each other. */
  readonly operation: string;
  /** The findings that tie it to other groups. */
  readonly ties: readonly Tie[];
  readonly members: readonly Member[];
  /** Empty where one operator is all that can be told. */
  readonly operators: readonly Operator[];
  readonly evidence: readonly Evidence[];
  readonly capabilities: Readonly<Record<Capability, Share>>;
  /** In the order of an attack's stages; empty where the group is neither campaign nor relay. */
  readonly techniques: readonly Technique[];
  readonly indicators: Indicators;
  /** Groups of `--known` that it resembles, most alike first. */
  readonly similar: readonly Likeness[];
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
  /** What would have been found; absent where something is flagged or it was not measured. */
  readonly power?: Power;
  readonly groups: readonly Group[];
}

/** A key that gathered a group, and how many accounts have it. What it is made of is not kept. */
export interface GatheringKey {
  /** A name of `KEY_KINDS`. */
  readonly kind: string;
  readonly members: number;
  /** Accounts outside the group. */
  readonly others: number;
}

/** What gathered a group. */
export interface Gathering {
  /** How many of the keys an exchange carries, or an account has, to belong to it. */
  readonly required: number;
  /** True where the keys are the accounts' (means, items, networks, echoes) and not their exchanges'. */
  readonly whole: boolean;
  /** By kind, those of most members first. */
  readonly keys: readonly GatheringKey[];
}

/** A model that came out while the traffic was recorded: when it was first asked for, ISO 8601. */
export interface Release {
  readonly model: string;
  readonly time: string;
  /** True where a calendar says when it came out, and not the traffic. */
  readonly isKnown?: boolean;
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
  readonly gathering: Gathering;
  /** Releases in these hours, in order of time. */
  readonly releases: readonly Release[];
}
