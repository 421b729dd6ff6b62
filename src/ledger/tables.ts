import type { Assessment, Role } from "../core/assessment.ts";
import type { Command, CommandState } from "./command-states.ts";
import type { SessionRow, SignInCodeRow, TokenRow } from "./caller-tables.ts";

/** The ledger's tables as the migrations of `sql/ledger` make them. Times are ISO 8601 in UTC unless named otherwise; a test compares the columns with the store's. */
export interface LedgerTables {
  readonly migrations: MigrationRow;
  readonly leases: LeaseRow;
  readonly audit: AuditRow;
  readonly users: UserRow;
  readonly sessions: SessionRow;
  readonly sign_in_codes: SignInCodeRow;
  readonly tokens: TokenRow;
  readonly cases: CaseRow;
  readonly case_members: CaseMemberRow;
  readonly reviews: ReviewRow;
  readonly decisions: DecisionRow;
  readonly proposals: ProposalRow;
  readonly review_policies: ReviewPolicyRow;
  readonly traffic_week: TrafficWeekRow;
  readonly gateways: GatewayRow;
  readonly acknowledgements: AcknowledgementRow;
  readonly account_keys: AccountKeyRow;
  readonly labels: LabelRow;
  readonly evidence: EvidenceRow;
  readonly evidence_keys: EvidenceKeyRow;
  readonly agreements: AgreementRow;
  readonly agreement_use: AgreementUseRow;
  readonly agreement_days: AgreementDayRow;
  readonly commands: CommandRow;
  readonly outbox_switch: OutboxSwitchRow;
}

/** What every store has that records its changes. */
export type StoreTables = Pick<LedgerTables, "migrations" | "audit">;

/** A migration that was applied. */
export interface MigrationRow {
  readonly number: number;
  readonly name: string;
  readonly sha256: string;
  readonly applied: string;
}

/** See `lease.ts`. */
export interface LeaseRow {
  readonly name: string;
  readonly holder: string;
  readonly token: number;
  readonly until_ms: number;
}

/** A row of the audit; see `audit-chain.ts`. */
export interface AuditRow {
  readonly sequence: number;
  readonly time: string;
  readonly actor: string;
  readonly action: string;
  readonly object: string;
  /** Canonical JSON. */
  readonly details: string;
  readonly previous: string;
  readonly hash: string;
  readonly signature: string | null;
}

/** Who may do what; see `users.ts`. */
export interface UserRow {
  readonly name: string;
  readonly role: UserRole;
  readonly created: string;
  readonly disabled: string | null;
}

/** What people can be. */
export const USER_ROLES = [
  "viewer",
  "analyst",
  "reviewer",
  "responder",
  "counsel",
  "admin",
] as const;
/** One of `USER_ROLES`. */
export type UserRole = (typeof USER_ROLES)[number];

/** How far a case has come. */
export const CASE_STATES = [
  "suspected",
  "confirmed",
  "explained",
  "acted",
  "upheld",
  "overturned",
] as const;
/** One of `CASE_STATES`. */
export type CaseState = (typeof CASE_STATES)[number];

/** A flagged group, and what people made of it. */
export interface CaseRow {
  readonly number: number;
  readonly lineage: string;
  readonly state: CaseState;
  readonly opened: string;
  readonly updated: string;
  readonly closed: string | null;
  readonly assessment: Assessment;
  readonly accounts: number;
  readonly exchanges: number;
  /** Of the weaker axis. */
  readonly bits: number;
  /** The group as it was assessed last; empty once the case is forgotten. */
  readonly group_json: string;
  readonly group_sha256: string;
  readonly explained_as: string | null;
  readonly reopen_bits: number | null;
  readonly held: string | null;
  readonly forgotten: string | null;
}

/** An account that a case is or was about. */
export interface CaseMemberRow {
  readonly case_number: number;
  readonly account: string;
  readonly role: Role;
  readonly share: number;
  readonly exchanges: number;
  readonly joined: string;
  readonly left_at: string | null;
  /** When what follows was measured; all of it is null before. */
  readonly measured: string | null;
  /** 1 where the provider said so. */
  readonly protected: number | null;
  /** The earlier of its creation and its first exchange; null where neither is known. */
  readonly since: string | null;
  readonly organization: string | null;
  readonly program: string | null;
  readonly agreement: string | null;
  /** In the week of `TrafficWeekRow`; tokens of input and output. */
  readonly week_exchanges: number | null;
  readonly week_tokens: number | null;
  readonly week_billed: number | null;
}

/** All accounts' traffic in the seven days up to its end, as it was measured last; one row, `number` 1. */
export interface TrafficWeekRow {
  readonly number: number;
  readonly measured: string;
  readonly until: string;
  readonly accounts: number;
  readonly exchanges: number;
  readonly tokens: number;
  readonly billed: number;
}

/** What somebody opened, and found. */
export interface ReviewRow {
  readonly case_number: number;
  readonly number: number;
  readonly reviewer: string;
  readonly time: string;
  /** Empty for the case as a whole. */
  readonly account: string;
  /** What the group was then. */
  readonly group_sha256: string;
  readonly finding: Finding | null;
  /** What the account's evidence was then; null for the case as a whole. */
  readonly account_sha256: string | null;
}

/** What a look at an account can find. */
export const FINDINGS = ["positive", "legitimate", "unclear"] as const;
/** One of `FINDINGS`. */
export type Finding = (typeof FINDINGS)[number];

/** What can be done about an account, the mildest first. */
export const STEPS = [
  "allow",
  "limit",
  "verify",
  "withhold_reasoning",
  "watermark",
  "deny",
] as const;
/** One of `STEPS`. */
export type Step = (typeof STEPS)[number];

/** What is to be done about an account. */
export interface DecisionRow {
  readonly number: number;
  readonly account: string;
  readonly case_number: number;
  readonly step: Step;
  readonly reason_code: string;
  readonly made: string;
  readonly made_by: string;
  readonly expires: string;
  readonly lifted: string | null;
  /** Number of the first row of the audit of the change that made it what it is; the store writes it. See `decision-feed.ts`. */
  readonly changed: number;
}

/** A step that one person proposed, or took alone breaking glass. */
export interface ProposalRow {
  readonly number: number;
  readonly case_number: number;
  readonly step: Step;
  readonly reason_code: string;
  /** When the step ends. */
  readonly ends: string;
  readonly reason: string;
  /** 1 where it is about the group, 0 where accounts were named. */
  readonly whole_group: number;
  /** JSON: their names. */
  readonly accounts: string;
  /** JSON: a `Simulation`, as of when it was proposed. */
  readonly simulation: string;
  readonly broke_glass: number;
  readonly proposed: string;
  readonly proposed_by: string;
  /** Until when it can be approved. */
  readonly lapses: string;
  readonly approved: string | null;
  readonly approved_by: string | null;
  /** The step's number, once it was taken. */
  readonly decision: number | null;
}

/** Who enforces decisions, and how far it had read the ledger when it was last heard; see `acknowledgements.ts`. */
export interface GatewayRow {
  readonly name: string;
  readonly sequence: number;
  readonly seen: string;
}

/** When a gateway said first that it had read so far. */
export interface AcknowledgementRow {
  readonly gateway: string;
  readonly sequence: number;
  readonly time: string;
}

/** An account that used a key; see `account-keys.ts`. */
export interface AccountKeyRow {
  /** Keyed hash of the key's id, decimal. */
  readonly key: string;
  /** Empty where the key is used by more accounts than are listed, or by one that was forgotten. */
  readonly account: string;
  /** Number of the first row of the audit of the change that added it. */
  readonly changed: number;
}

/** A version of the rules by which cases are reviewed and steps taken. */
export interface ReviewPolicyRow {
  readonly version: number;
  /** JSON: a `ReviewPolicy`. */
  readonly policy: string;
  readonly reason: string;
  readonly proposed: string;
  readonly proposed_by: string;
  readonly approved: string | null;
  readonly approved_by: string | null;
}

/** What a verified decision says of an account. */
export interface LabelRow {
  readonly case_number: number;
  readonly account: string;
  readonly label: "positive" | "legitimate";
  readonly time: string;
  readonly reviewer: string;
}

/** A preserved exchange. */
export interface EvidenceRow {
  readonly case_number: number;
  readonly number: number;
  readonly account: string;
  readonly exchange: string;
  readonly time: string;
  /** 1 where the group's evidence cites it. */
  readonly cited: number;
  /** Of `sealed`. */
  readonly sha256: string;
  /** Null once erased. */
  readonly sealed: string | null;
}

/** The wrapped key of an account's evidence in a case. */
export interface EvidenceKeyRow {
  readonly case_number: number;
  readonly account: string;
  readonly wrapped: string;
}

/** A version of an agreement; see `agreements.ts`. */
export interface AgreementRow {
  readonly id: string;
  readonly version: number;
  readonly customer: string;
  /** This and the next two: JSON lists. */
  readonly organizations: string;
  readonly accounts: string;
  readonly models: string;
  readonly purpose: string;
  readonly exchanges: number | null;
  readonly output_tokens: number | null;
  readonly holds_from: string;
  readonly holds_until: string;
  readonly document: string | null;
  readonly document_sha256: string | null;
  readonly ended: string | null;
  readonly recorded: string;
  readonly recorded_by: string;
}

/** Of whom an agreement's use was measured last. */
export interface AgreementUseRow {
  readonly agreement: string;
  /** Time of the newest exchange of all traffic then. */
  readonly until_time: string;
  readonly parties: number;
  /** Parties whose own lines don't name it. */
  readonly unnamed: number;
}

/** What an agreement's parties used on a UTC day, such as `2026-04-22`. */
export interface AgreementDayRow {
  readonly agreement: string;
  readonly day: string;
  readonly exchanges: number;
  readonly output_tokens: number;
  /** Exchanges beside those. */
  readonly outside_term: number;
  readonly outside_models: number;
}

/** What another service is asked to do about an account; see `outbox.ts`. */
export interface CommandRow {
  readonly number: number;
  /** Idempotency key. */
  readonly id: string;
  readonly account: string;
  /** Empty for the provider's own account service, else who gets a referral. */
  readonly recipient: string;
  readonly command: Command;
  readonly decision: number;
  readonly case_number: number;
  readonly reason_code: string;
  readonly expires: string;
  /** Number of the command that this one takes back. */
  readonly lifts: number | null;
  readonly state: CommandState;
  readonly queued: string;
  readonly attempts: number;
  readonly first_sent: string | null;
  readonly next: string;
  readonly claimed: string | null;
  readonly settled: string | null;
  /** Why, where it is not applied; of a referral where it was written. */
  readonly note: string;
}

/** Whether the outbox is stopped. */
export interface OutboxSwitchRow {
  readonly name: string;
  readonly stopped: string | null;
  readonly stopped_by: string;
  /** 1 where lifts are sent nevertheless. */
  readonly lifts_go: number;
}
