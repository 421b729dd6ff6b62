import { SKELETON_KINDS } from "../core/key-kind.ts";
import { log2Sum } from "../stats/log2-sum.ts";
import { addLook, looksReached } from "../stats/looks.ts";
import { onlineEbh } from "../stats/online-ebh.ts";
import type { SignalParameters } from "./configuration.ts";
import type { Grouping } from "./grouping.ts";
import type { Judge } from "./judge.ts";
import { LEAST_PARTIES, LEAST_PAYERS } from "./hypothesis-of.ts";
import { type Lineage, newLineage, payersOf } from "./lineage.ts";
import type { TrafficRow } from "./traffic-row.ts";
import { weighSlice } from "./weigh-slice.ts";

/** Accounts of which somebody knows beforehand that they are one group. Only those who measure the judge give any. */
export interface GivenGroup {
  readonly id: string;
  readonly accounts: readonly string[];
}

/** The end of the tick at which a given group first passed, in seconds; 0 where it never did. */
export interface Passed {
  /** Both axes, for a single hypothesis. */
  alone: number;
  /** Both axes, if it arrived after all hypotheses that the judge had by then. */
  inOrder: number;
  /** One axis, for a single hypothesis. */
  coordination: number;
  harvest: number;
  /** Coordination as `inOrder`: what a relay takes. */
  coordinationInOrder: number;
}

/** A given group as the judge weighs it: all that its accounts send, and what of that is in its own wordings. */
export interface GivenTrial {
  readonly id: string;
  readonly whole: Lineage;
  readonly worded: Lineage;
  readonly passed: Passed;
}

/** What weighing given groups needs of the judge at the end of a tick. */
export interface GivenLook {
  readonly end: number;
  readonly q: number;
  readonly parameters?: SignalParameters | undefined;
  readonly judge: Pick<Judge, "slice" | "lineages">;
  readonly grouping: Pick<Grouping, "keys" | "graph">;
}

const NONE: readonly never[] = [];
/** A piece of a prompt is a group's own where this share of all parties that sent it is the group's. */
const OWN_SHARE = 0.5;

interface Trial extends GivenTrial {
  readonly accounts: ReadonlySet<string>;
  /** By piece of a prompt: its parties that have sent it. */
  readonly users: Map<bigint, Set<number>>;
  /** Pieces that enough of its parties, and few others, had sent by the end of the last tick. */
  wording: ReadonlySet<bigint>;
}

/**
 * Groups that need no finding, weighed with the judge's signals, looks and references: what they take to be flagged is
 * what the evidence takes, and what the judge takes longer is the cost of gathering. They are apart from the judge's
 * own hypotheses, and change nothing of them.
 */
export class GivenGroups {
  readonly #trials: readonly Trial[];
  readonly #ofAccount = new Map<number, Trial[]>();

  constructor(groups: readonly GivenGroup[]) {
    this.#trials = groups.map(({ id, accounts }) => ({
      id,
      accounts: new Set(accounts),
      whole: { ...newLineage(-1), chosenBefore: true, whole: true },
      worded: { ...newLineage(-1), chosenBefore: true },
      users: new Map(),
      wording: new Set(),
      passed: { alone: 0, inOrder: 0, coordination: 0, harvest: 0, coordinationInOrder: 0 },
    }));
  }

  get trials(): readonly GivenTrial[] {
    return this.#trials;
  }

  get lineages(): readonly Lineage[] {
    return this.#trials.flatMap(({ whole, worded }) => [whole, worded]);
  }

  /** An account is seen for the first time, or told of anew. */
  welcome(account: number, name: string | undefined): void {
    if (name === undefined || this.#ofAccount.has(account)) return;
    const own = this.#trials.filter(({ accounts }) => accounts.has(name));
    if (own.length > 0) this.#ofAccount.set(account, own);
  }

  /** The slices that take an exchange of an account, and whether it is in a wording of the group. */
  slicesOf(
    account: number,
    party: number,
    row: TrafficRow,
  ): readonly { readonly lineage: Lineage; readonly worded: boolean }[] {
    const trials = this.#ofAccount.get(account);
    if (trials === undefined) return NONE;
    const words = skeletonKeysOf(row);
    return trials.flatMap(({ whole, worded, wording, users }) => {
      for (const word of words) {
        const known = users.get(word);
        if (known === undefined) users.set(word, new Set([party]));
        else known.add(party);
      }
      const isWorded = words.some((word) => wording.has(word));
      const all = { lineage: whole, worded: isWorded };
      return isWorded ? [all, { lineage: worded, worded: isWorded }] : [all];
    });
  }

  /** Weighs what has reached a look at the end of a tick. */
  weigh(look: GivenLook): void {
    for (const trial of this.#trials) {
      trial.wording = wordingOf(trial, look.grouping);
      for (const lineage of [trial.whole, trial.worded]) weighLineage(trial, lineage, look);
      pass(trial, look);
    }
  }
}

/** The pieces of prompts that are a group's own by now: at least six of its parties sent them, and as many as of all others. */
function wordingOf({ users }: Trial, { keys, graph }: GivenLook["grouping"]): Set<bigint> {
  const own = new Set<bigint>();
  for (const [word, parties] of users) {
    if (parties.size < LEAST_PARTIES) continue;
    const place = keys.find(Number(word & 0xffffffffn), Number(word >> 32n));
    const holders = place < 0 ? 0 : graph.degree(keys.numberOf(place));
    if (parties.size >= OWN_SHARE * holders) own.add(word);
  }
  return own;
}

/** Both axes' running evidence of a given group, in bits: the average over its two slices, which is an e-value too. */
export function givenBits({ whole, worded }: GivenTrial): {
  readonly coordination: number;
  readonly harvest: number;
} {
  const average = (pick: (lineage: Lineage) => number | undefined): number =>
    log2Sum([whole, worded].map((lineage) => pick(lineage) ?? -Infinity)) - 1;
  return {
    coordination: Math.max(
      0,
      average((lineage) => lineage.coordinationBits),
    ),
    harvest: Math.max(
      0,
      average((lineage) => lineage.harvestBits),
    ),
  };
}

function weighLineage(trial: GivenTrial, lineage: Lineage, look: GivenLook): void {
  const reached = looksReached(lineage.exchanges);
  if (reached <= lineage.looks) return;
  if (lineage.accounts.size < LEAST_PARTIES || payersOf(lineage) < LEAST_PAYERS) return;
  const weighing = weighSlice(look.judge.slice(lineage), givenBits(trial).harvest, look.parameters);
  for (; lineage.looks < reached; lineage.looks++) {
    const { looks, coordinationBits, harvestBits } = lineage;
    lineage.coordinationBits = addLook(coordinationBits, looks, weighing.coordination);
    lineage.harvestBits = addLook(harvestBits, looks, weighing.harvest);
  }
  lineage.findings = weighing.findings;
}

function pass(trial: GivenTrial, { end, q, judge }: GivenLook): void {
  const { passed } = trial;
  const arrivals = judge.lineages
    .filter(({ rank }) => rank > 0)
    .toSorted((a, b) => a.rank - b.rank);
  const { coordination, harvest } = givenBits(trial);
  const both = Math.min(coordination, harvest);
  const needed = -Math.log2(q);
  if (coordination >= needed) passed.coordination ||= end;
  if (harvest >= needed) passed.harvest ||= end;
  if (both >= needed) passed.alone ||= end;
  const together = arrivals.map((lineage) => lineage.coordinationBits ?? 0);
  const bits = arrivals.map((lineage, i) => Math.min(together[i]!, lineage.harvestBits ?? 0));
  if (isFlaggedAfter(bits, both, q)) passed.inOrder ||= end;
  if (isFlaggedAfter(together, coordination, q)) passed.coordinationInOrder ||= end;
}

/** The pieces of prompts that a row carries. */
function skeletonKeysOf({ keys, keyCount }: TrafficRow): readonly bigint[] {
  return Array.from({ length: keyCount }, (_, i) => [keys[2 * i]!, keys[2 * i + 1]!] as const)
    .filter(([low]) => SKELETON_KINDS.has(low & 15))
    .map(([low, high]) => (BigInt(high) << 32n) | BigInt(low));
}

/** True where a hypothesis that arrives after others is flagged beside them. All in bits. */
function isFlaggedAfter(others: readonly number[], bits: number, q: number): boolean {
  return onlineEbh([...others, bits], q).flagged[others.length] === 1;
}
