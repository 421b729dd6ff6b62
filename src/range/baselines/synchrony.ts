import { KEY_KINDS } from "../../core/key-kind.ts";
import type { Warehouse } from "../../warehouse/open-warehouse.ts";
import { baselineActions, baselineDays } from "../../warehouse/statements.gen.ts";
import { accountNames } from "./account-names.ts";
import {
  fillBin,
  likelyPairs,
  makeSketches,
  similarity,
  unionOf,
  type ActionSketches,
} from "./action-sketches.ts";
import type { Baseline } from "./baseline.ts";
import { makeComponents, type Components } from "./components.ts";
import { fixedRows } from "./fixed-rows.ts";

const DAY_SECONDS = 86_400;

/** What counts as acting alike. */
export interface SynchronyParameters {
  /** Two uses of a key this near to each other match, seconds. */
  readonly windowSeconds: number;
  /** Accounts are linked from this Jaccard similarity of their actions on. */
  readonly similarity: number;
  /** … if so many actions match; an action is counted in each of the two windows it falls into. */
  readonly leastMatched: number;
  /** Besides each day alone, the last so many days together are compared. */
  readonly days: number;
  /** The least accounts of a component. */
  readonly leastAccounts: number;
  /** Constraints: the kinds of keys (`KEY_KINDS`) that make one similarity graph each. */
  readonly constraints: readonly (readonly number[])[];
}

/**
 * What served the baseline best on the demonstration world (of three windows, three similarities and four sets of kinds);
 * the paper's own values were set for uploads, logins and likes.
 */
const DEFAULTS: SynchronyParameters = {
  windowSeconds: 3600,
  similarity: 0.2,
  leastMatched: 12,
  days: 7,
  leastAccounts: 8,
  constraints: [
    [
      KEY_KINDS.shingle,
      KEY_KINDS.head,
      KEY_KINDS.tail,
      KEY_KINDS.system,
      KEY_KINDS.systemShingle,
      KEY_KINDS.tools,
      KEY_KINDS.item,
    ],
    [KEY_KINDS.network],
  ],
};

/**
 * Groups of accounts that use the same keys at about the same time, day by day. Actions on keys of one account alone
 * are left out. Similarity is estimated from sketches, and linked through neighbours in their order instead of through
 * all pairs, so that the cost stays near-linear where thousands act on one key at once.
 */
export function synchrony(parameters: Partial<SynchronyParameters> = {}): Baseline {
  const chosen = { ...DEFAULTS, ...parameters };
  return {
    id: "synchrony",
    name: "Synchronized actions",
    source: "SynchroTrap: Cao et al., CCS 2014, doi:10.1145/2660267.2660269",
    async flag(warehouse) {
      const days = await warehouse.rows(baselineDays, {});
      const nameOf = await accountNames(warehouse);
      const flagged = [];
      for (const kinds of chosen.constraints) {
        const accounts = new Map<bigint, number>();
        const components = makeComponents();
        const recent: ActionSketches[] = [];
        for (const { day, start } of days) {
          const today = await readActions(warehouse, {
            accounts,
            query: { day, kinds, seconds: chosen.windowSeconds },
          });
          recent.push(today);
          if (recent.length > chosen.days) recent.shift();
          components.grow(accounts.size);
          linkAlike(today, components, chosen);
          if (recent.length > 1) linkAlike(unionOf(recent, accounts.size), components, chosen);
          components.stamp(start + DAY_SECONDS, chosen.leastAccounts);
        }
        const hashes = [...accounts.keys()];
        for (const { accounts: members, time } of components.stamped())
          flagged.push({
            accounts: members.map((account) => nameOf(hashes[account]!)).toSorted(),
            time: new Date(time * 1000).toISOString(),
          });
      }
      return flagged;
    },
  };
}

/** Joins accounts whose sets are alike; those already in one component are not compared again. */
export function linkAlike(
  sketches: ActionSketches,
  components: Components,
  least: Pick<SynchronyParameters, "similarity" | "leastMatched">,
): void {
  likelyPairs(sketches, (a, b) => {
    if (components.find(a) === components.find(b)) return;
    const alike = similarity(sketches, a, b);
    if (alike < least.similarity) return;
    // |A ∩ B| = J (|A| + |B|) / (1 + J)
    const matched = (alike * (sketches.sizes[a]! + sketches.sizes[b]!)) / (1 + alike);
    if (matched >= least.leastMatched) components.join(a, b);
  });
}

async function readActions(
  warehouse: Warehouse,
  options: {
    readonly accounts: Map<bigint, number>;
    readonly query: {
      readonly day: string;
      readonly kinds: readonly number[];
      readonly seconds: number;
    };
  },
): Promise<ActionSketches> {
  const { accounts, query } = options;
  const bins: { account: number; bin: number; least: number; actions: number }[] = [];
  await fixedRows(warehouse.bytes(baselineActions, query), 17, (bytes, at) => {
    const hash = bytes.readBigUInt64LE(at);
    let account = accounts.get(hash);
    if (account === undefined) accounts.set(hash, (account = accounts.size));
    bins.push({
      account,
      bin: bytes[at + 8]!,
      least: bytes.readUInt32LE(at + 9),
      actions: bytes.readUInt32LE(at + 13),
    });
  });
  const sketches = makeSketches(accounts.size);
  for (const bin of bins) fillBin(sketches, bin);
  return sketches;
}
