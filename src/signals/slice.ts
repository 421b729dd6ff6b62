import type { Established } from "./own-similarity.ts";

/** One exchange of a slice that was sampled: the root of a conversation (no earlier exchange of the account leads to it). */
export interface SampledExchange {
  /** Keyed hash; the least of an account are its sample. */
  readonly priority: number;
  /** sipHash64 of the id, for examples. */
  readonly id: bigint;
  /** Seconds since 1970. */
  readonly time: number;
  /** Keyed 16-bit hashes of the distinct words (character 3-grams in Han, Kana, Hangul) of the new text, in order. */
  readonly tokens: Uint16Array;
  /** Bits of INTENT. */
  readonly intent: number;
  /** Bit i: the exchange carries a key that fold i's accounts support by themselves. */
  readonly folds: number;
  /** True where the carried keys are pieces of the prompt. */
  readonly skeleton: boolean;
  /** True where an earlier answer, or a handle of one, stands before the new text. */
  readonly presents: boolean;
  /** Day, model and script: contents are compared within it. */
  readonly stratum: number;
  /** Opaque: accounts' contents are compared within it, so that no kind of writing has more in common than another. */
  readonly peers: number;
  /** Of the whole conversation so far: an agent's answers come in many pieces. */
  answerBytes: number;
  outputTokens: number;
  readonly maxTokens: number;
  readonly choices: number;
  /** 0 unknown, 1 stop, 2 length, 3 tools, 4 refusal. */
  finish: number;
  /** Later exchanges of the conversation. */
  steps: number;
  /** A person went on from the answer. */
  built: boolean;
}

/** What a slice knows of one account. */
export interface SliceAccount {
  readonly account: number;
  /** Who openly answers for it: its organization, else its card, else itself. */
  readonly payer: number;
  /** 0 to 3, by keyed hash of the party. */
  readonly fold: number;
  /** Exchanges of the account before its first in the slice. */
  before: number;
  /** The account's exchanges in the slice. */
  exchanges: number;
  /** Conversations of the account that presented an earlier answer. */
  presenting: number;
  /** Exchanges by whole UTC hour (hours since 1970). */
  readonly hours: Map<number, number>;
  /** At most `SAMPLE_SIZE`, of least priority. */
  readonly sample: SampledExchange[];
}

/** An ordered pair of accounts of which one presented what was issued to the other alone, and what few others present. */
export interface EchoPair {
  readonly presenter: number;
  readonly issuer: number;
}

/** When an account came and went, in seconds since 1970. */
export interface Tenure {
  readonly account: number;
  readonly payer: number;
  /** Its sign-up and its suspension, as far as they are known by now; else 0. */
  readonly created: number;
  readonly suspended: number;
  /** Its first exchange, in the group or not. */
  readonly first: number;
}

/** Facts of everyone outside the group, against which signals compare. */
export interface Surroundings {
  /** Payers with a payment, phone or device fingerprint, and those of them that share one with another payer. */
  readonly identified: number;
  readonly sharing: number;
  /** Those that pay for several accounts. */
  readonly several: number;
  /** Accounts that present earlier answers, about as many as the median member or more, and those of them that echo. */
  readonly presenting: number;
  readonly echoing: number;
  /** First exchanges of accounts, by hour since 1970; the group's own included. */
  readonly starts?: ReadonlyMap<number, number> | undefined;
  /** UTC days since 1970 of known outages and holidays. */
  readonly unusualDays?: ReadonlySet<number> | undefined;
  /** What conversations of old, verified, paying accounts have in common. */
  readonly established?: Established | undefined;
}

/** What a signal sees of a group: its slice up to a moment. */
export interface Slice {
  /** In keyed-hash order. */
  readonly accounts: readonly SliceAccount[];
  /** Fold whose accounts taught the rule; they are left out of tests. −1: nobody is left out. */
  readonly fold: number;
  /** 1 where a token belongs to the keys or to more than a fifth of the slice; such tokens don't testify. */
  readonly mask: Uint8Array;
  /** True where the accounts were chosen before anything in the slice was sent: rule and test can't meet. */
  readonly follows: boolean;
  /** Kinds of the keys that gathered the group. */
  readonly foundBy: ReadonlySet<number>;
  /** The first exchanges of the slice with their masked contents' hash, for repeats: index into `accounts` and item. */
  readonly items: readonly { readonly account: number; readonly item: number }[];
  /** By account: whether it shares a payment, phone or device with another payer's account, and whether it has one at all. */
  readonly identity: readonly {
    readonly has: boolean;
    readonly shares: boolean;
    /** True where it belongs to a declared organization. */
    readonly declared: boolean;
  }[];
  readonly tenure: readonly Tenure[];
  /** Where echoes gathered the group: those within the half of account pairs that did not. */
  readonly echoes: readonly EchoPair[];
  readonly surroundings: Surroundings;
  /** True once harvest is confirmed (E ≥ 2¹⁰): content may then say more. */
  readonly harvestConfirmed: boolean;
  readonly seed: number;
}

/**
 * Most conversations sampled of one account. Noise in what an account's contents have in common falls with the square
 * of their number, so a few dozen say far more than the dozen of the first sketches.
 */
export const SAMPLE_SIZE = 32;

/** The accounts a test may use: all but the learning fold's. */
export function tested(slice: Slice): readonly SliceAccount[] {
  return slice.fold < 0 ? slice.accounts : slice.accounts.filter((a) => a.fold !== slice.fold);
}

/** The sampled exchanges of an account that the learning fold's own keys select. */
export function selected(slice: Slice, account: SliceAccount): readonly SampledExchange[] {
  if (slice.fold < 0) return account.sample;
  return account.sample.filter((x) => ((x.folds >> slice.fold) & 1) === 1);
}

/** Accounts of one payer together: strangers are compared, and a payer's own accounts are none to each other. In order. */
export function byPayer(accounts: readonly SliceAccount[]): readonly (readonly SliceAccount[])[] {
  return [...Map.groupBy(accounts, ({ payer }) => payer).values()];
}
