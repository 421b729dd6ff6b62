import type { Candidate } from "../graph/candidate.ts";
import { SAMPLE_SIZE, type SampledExchange, type SliceAccount } from "../signals/slice.ts";
import { ItemList } from "./item-list.ts";
import type { PackedText } from "./packed-text.ts";
import type { TrafficRow } from "./traffic-row.ts";
import type { Finding } from "./weigh-slice.ts";

const DAY = 86_400;
/** Exchanges whose whole content is kept for the list tests. */
export const MOST_ITEMS = 8192;

/** A sampled exchange as it is kept. */
export interface KeptExchange extends Omit<SampledExchange, "tokens"> {
  readonly text: PackedText;
  /** The number of the conversation it begins; negative where that can't be told. */
  readonly conversation: number;
}

/** An account of a lineage. */
export interface Member extends Omit<SliceAccount, "sample"> {
  readonly sample: KeptExchange[];
  /** Place and priority of the exchange of greatest priority in a full sample, which the next is to replace; until it is full, whatever comes is wanted. */
  readonly worst: { at: number; priority: number };
}

/** A group through time: the rule that gathers it and what its slice has shown so far. */
export interface Lineage {
  readonly number: number;
  /** The lineage out of whose rule its own grew, and when (seconds). */
  splitFrom: { readonly number: number; readonly at: number } | undefined;
  pass: Candidate["pass"];
  score: number;
  /** Dense key numbers of the rule. */
  keys: ReadonlySet<number>;
  required: number;
  /** By key: bit i where at least two parties of fold i hold it by themselves. */
  keyFolds: ReadonlyMap<number, number>;
  /** Kinds of the keys. */
  foundBy: ReadonlySet<number>;
  /** True where the rule is about the accounts (means, items, echoes): all exchanges of its parties count. */
  whole: boolean;
  /** The group whose accounts it follows, each from its joining on, in all they send; it has no rule of its own. */
  readonly follows: Lineage | undefined;
  /** True where its accounts were chosen before anything in its slice was sent: rule and test can't meet. */
  readonly chosenBefore: boolean;
  /** The lineage that follows this one's accounts. */
  follower: Lineage | undefined;
  /** Parties that met the rule when it was learned. */
  parties: ReadonlySet<number>;
  readonly accounts: Map<number, Member>;
  exchanges: number;
  readonly items: ItemList;
  looks: number;
  /** log₂ of the running e-values of both axes; undefined before the first look. */
  coordinationBits: number | undefined;
  harvestBits: number | undefined;
  /** Order of arrival among hypotheses, from 1; 0 before the first look. */
  rank: number;
  /** End of the tick at which it was flagged, seconds; 0 where it was not. */
  flaggedAt: number;
  /** The same of its coordination alone, whatever is harvested. */
  coordinatedAt: number;
  qValue: number;
  findings: readonly Finding[];
  /** Upper 95 % bound of the share of harvesting conversations. */
  harvestShareAtMost: number;
  listShare: number;
}

/** A lineage with an empty slice. */
export function newLineage(number: number, follows?: Lineage): Lineage {
  return {
    number,
    follows,
    chosenBefore: follows !== undefined,
    follower: undefined,
    splitFrom: undefined,
    pass: "single",
    score: 0,
    keys: new Set(),
    required: 1,
    keyFolds: new Map(),
    foundBy: new Set(),
    whole: false,
    parties: new Set(),
    accounts: new Map(),
    exchanges: 0,
    items: new ItemList(),
    looks: 0,
    coordinationBits: undefined,
    harvestBits: undefined,
    rank: 0,
    flaggedAt: 0,
    coordinatedAt: 0,
    qValue: 1,
    findings: [],
    harvestShareAtMost: 1,
    listShare: 0,
  };
}

/** Offers a conversation to an account's sample, which keeps those of least priority. Returns true where it was kept. */
export function offer(account: Member, exchange: KeptExchange): boolean {
  if (!wants(account, exchange.priority)) return false;
  const { sample, worst } = account;
  sample[sample.length < SAMPLE_SIZE ? sample.length : worst.at] = exchange;
  if (sample.length < SAMPLE_SIZE) return true;
  worst.at = 0;
  for (let i = 1; i < sample.length; i++) {
    if (sample[i]!.priority > sample[worst.at]!.priority) worst.at = i;
  }
  worst.priority = sample[worst.at]!.priority;
  return true;
}

/** Adds the slice of a group with another rule to a lineage's own. */
export function uniteSlices(lineage: Lineage, other: Lineage): void {
  lineage.exchanges += other.exchanges;
  lineage.items.append(other.items, MOST_ITEMS);
  for (const [number, account] of other.accounts) {
    const known = lineage.accounts.get(number);
    if (known === undefined) {
      lineage.accounts.set(number, account);
      continue;
    }
    known.before = Math.min(known.before, account.before);
    known.exchanges += account.exchanges;
    known.presenting += account.presenting;
    for (const [hour, n] of account.hours) known.hours.set(hour, (known.hours.get(hour) ?? 0) + n);
    for (const exchange of account.sample) {
      if (!known.sample.some((x) => x.id === exchange.id)) offer(known, exchange);
    }
  }
}

/** True where an exchange of this priority would enter the account's sample. O(1). */
export function wants({ worst }: Member, priority: number): boolean {
  return priority < worst.priority;
}

/** A member that has sent nothing to the slice yet. `before`: its exchanges so far. */
export function newMember(account: number, payer: number, fold: number, before: number): Member {
  return {
    account,
    payer,
    fold,
    before,
    exchanges: 0,
    presenting: 0,
    hours: new Map(),
    sample: [],
    worst: { at: 0, priority: Infinity },
  };
}

/** The sampled form of a row that begins a conversation. */
export function sampledFrom(
  row: TrafficRow,
  own: Pick<KeptExchange, "priority" | "text" | "conversation" | "skeleton" | "folds">,
): KeptExchange {
  return {
    ...own,
    id: (BigInt(row.idHigh) << 32n) | BigInt(row.idLow),
    time: row.time,
    presents: row.turn > 0 && row.presents > 0,
    intent: row.intent,
    stratum: Math.floor(row.time / DAY) * 8 + row.script + row.model * 1_000_003,
    peers: row.script,
    answerBytes: row.answerBytes,
    outputTokens: row.outputTokens,
    maxTokens: row.maxTokens,
    choices: row.choices,
    finish: row.finish,
    steps: 0,
    built: false,
  };
}

/** How many payers a slice has, as far as is known now. */
export function payersOf({ accounts }: Lineage): number {
  return new Set([...accounts.values()].map(({ payer }) => payer)).size;
}
