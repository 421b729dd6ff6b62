import type { Group, Member, ScanResult } from "./assessment.ts";

/** What an account shares with others by one kind of key, such as a system prompt. */
export interface SharedKeys {
  /** A name of `KEY_KINDS`. */
  readonly kind: string;
  /** How many of the account's keys others have too. */
  readonly keys: number;
  /** Accounts that have at least one of them. */
  readonly others: number;
  /** Share of all accounts that share a key of the kind with anybody, 0 to 1. */
  readonly usual: number;
}

/** The traffic of an account that is in no group. Times are of whole hours, ISO 8601; null where it has sent nothing. */
export interface LoneTraffic {
  readonly exchanges: number;
  readonly first_seen: string | null;
  readonly last_seen: string | null;
  readonly shared: readonly SharedKeys[];
}

/** What `explain --json` prints: all that a scan said of a group or an account. */
export interface Explanation extends Pick<ScanResult, "q" | "tick_seconds" | "settings"> {
  readonly version: 1;
  readonly name: string;
  /** When the scan that said it ended; null where it isn't known. */
  readonly scanned_at: string | null;
  /** The group of that name, and those the account is in, flagged ones first. */
  readonly groups: readonly Group[];
  /** The account's place in these groups; empty where the name is a group's alone. */
  readonly memberships: readonly (Member & { readonly group: string })[];
  /** Null where the account is in a group, or the name is a group's. */
  readonly alone: LoneTraffic | null;
}
