/** What one account did as a whole, in figures; times in seconds since 1970. */
export interface AccountHabits {
  /** Who openly answers for it: its organization, else its card, else itself. */
  readonly payer: number;
  /** Its sign-up; 0 where it isn't known. */
  readonly created: number;
  readonly plan: string;
  readonly program: string;
  readonly mailDomain: string;
  /** Old, verified and paying at the end of the traffic. */
  readonly established: boolean;
  /** The hour of its first exchange. */
  readonly first: number;
  readonly exchanges: number;
  /** Stretches of 24 hours from its first exchange on that have any; exchanges of the first of them, and of the busiest. */
  readonly days: number;
  readonly firstDay: number;
  readonly busiestDay: number;
  /** Exchanges by hour of the UTC day. */
  readonly byHour: readonly number[];
  /** Address prefixes and client strings as hashes, the commonest first, at most 16 of each. */
  readonly networks: readonly string[];
  readonly clients: readonly string[];
  /** The day on which one credential was used on most networks and with most client strings. */
  readonly spread: CredentialSpread | undefined;
  /** Its first exchange with each model, in order of time. */
  readonly models: readonly FirstUse[];
}

/** Networks and client strings of one credential on one UTC day, with ids of exchanges on different networks. */
export interface CredentialSpread {
  readonly networks: number;
  readonly clients: number;
  readonly examples: readonly string[];
}

/** An account's first exchange with a model. */
export interface FirstUse {
  readonly model: string;
  readonly time: number;
  /** The exchange's id. */
  readonly id: string;
}

/** A group and a sample of accounts outside it, both in the order of the accounts' hashes. */
export interface Comparison {
  readonly members: readonly AccountHabits[];
  readonly others: readonly AccountHabits[];
  /** Kinds of the keys that gathered the group. */
  readonly foundBy: ReadonlySet<number>;
  readonly seed: number;
}

/** One account of each payer, the first: strangers are compared, and a payer's own accounts are none to each other. */
export function onePerPayer(accounts: readonly AccountHabits[]): readonly AccountHabits[] {
  const payers = new Set<number>();
  return accounts.filter(({ payer }) => !payers.has(payer) && payers.add(payer));
}

/** Within this factor of the members' median, other accounts send about as much. */
const LIKE_VOLUME = 4;

/** Those of `others` that send about as much a day as the median member: many a trait comes with volume alone. */
export function likeInVolume(
  members: readonly AccountHabits[],
  others: readonly AccountHabits[],
): readonly AccountHabits[] {
  const rates = members.map(perDay).toSorted((a, b) => a - b);
  const median = rates[Math.floor(rates.length / 2)] ?? 0;
  return others.filter((account) => {
    const rate = perDay(account);
    return rate >= median / LIKE_VOLUME && rate <= median * LIKE_VOLUME;
  });
}

/** Exchanges a day of activity. */
export function perDay({ exchanges, days }: AccountHabits): number {
  return exchanges / Math.max(1, days);
}

/** Those of `others` on a plan that members have; all, where no member's plan is known. */
export function onTheirPlans(
  members: readonly AccountHabits[],
  others: readonly AccountHabits[],
): readonly AccountHabits[] {
  const plans = new Set(members.map(({ plan }) => plan).filter((plan) => plan !== ""));
  return plans.size === 0 ? others : others.filter(({ plan }) => plans.has(plan));
}
