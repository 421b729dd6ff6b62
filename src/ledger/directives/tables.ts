import type { StoreTables } from "../tables.ts";

/** The tables of the directives' store as the migrations of `sql/directives` make them. Times are ISO 8601 in UTC. */
export interface DirectiveTables extends StoreTables {
  readonly directives: DirectiveRow;
  readonly exemptions: ExemptionRow;
  readonly attestations: AttestationRow;
  readonly holders: HolderRow;
  readonly refusals: RefusalRow;
}

/** How far a directive has come. */
export const DIRECTIVE_STATES = ["draft", "in_force", "lifted"] as const;
/** One of `DIRECTIVE_STATES`. */
export type DirectiveState = (typeof DIRECTIVE_STATES)[number];

/** What is done about a person of whom it isn't known whether the class is theirs. */
export const UNKNOWNS = ["deny", "verify", "allow"] as const;
/** One of `UNKNOWNS`. */
export type Unknowns = (typeof UNKNOWNS)[number];

/** Who uses an account or a credential. */
export const POPULATIONS = ["customers", "staff", "tools"] as const;
/** One of `POPULATIONS`. */
export type Population = (typeof POPULATIONS)[number];

/** Within what a person's id means one person. */
export type Scope = "account" | "organization";

/** A directive. */
export interface DirectiveRow {
  readonly number: number;
  readonly state: DirectiveState;
  readonly class: string;
  /** JSON list of exact names, or beginnings of names with `*` at the end. */
  readonly models: string;
  /** JSON list of `Population`s. */
  readonly populations: string;
  readonly unknowns: Unknowns;
  readonly begins: string | null;
  readonly ends: string | null;
  readonly words: string;
  readonly remedy: string;
  readonly drafted: string;
  readonly drafted_by: string;
  readonly enforced: string | null;
  readonly enforced_by: string | null;
  readonly lifted: string | null;
  readonly lifted_by: string | null;
}

/** Somebody whom a directive doesn't bind. */
export interface ExemptionRow {
  readonly directive: number;
  readonly scope: Scope;
  readonly name: string;
  /** Empty for all of the account or organization. */
  readonly person: string;
  readonly until: string;
  readonly reason: string;
  readonly made: string;
  readonly made_by: string;
}

/** Whether a class is a person's. */
export interface AttestationRow {
  readonly scope: Scope;
  readonly name: string;
  /** Empty for all who have no statement of their own. */
  readonly person: string;
  readonly class: string;
  /** The audit's row that records it. */
  readonly revision: number;
  readonly verdict: "in" | "not_in" | "withdrawn";
  readonly method: string;
  readonly expires: string;
}

/** Whose an account or a credential is. */
export interface HolderRow {
  readonly kind: "account" | "credential";
  readonly name: string;
  readonly revision: number;
  /** Empty where there is none. */
  readonly organization: string;
  readonly population: Population;
}

/** Whom a directive turned away on a UTC day, how often. */
export interface RefusalRow {
  readonly directive: number;
  /** `YYYY-MM-DD`. */
  readonly day: string;
  readonly account: string;
  /** Empty where it isn't said, and with `model` where too many were to be kept apart. */
  readonly person: string;
  readonly model: string;
  /** The class is the person's, or that isn't known. */
  readonly why: "in" | "unknown";
  readonly action: "deny" | "verify";
  readonly first: string;
  readonly last: string;
  readonly count: number;
}
