import type { Tie } from "../../core/assessment.ts";
import { percent } from "../../signals/signal.ts";
import type { Slice } from "../../signals/slice.ts";
import { succession } from "../../signals/succession.ts";
import { worklist } from "../../signals/worklist.ts";
import { poissonMixture } from "../../stats/poisson-mixture.ts";
import { upperRate } from "../../stats/upper-rate.ts";

/** The rate of echoing among presenting accounts that is taken for ordinary at the least. */
const LEAST_ECHOING = 0.02;
/** Share of the smaller list's items that both lists must have. */
export const COMMON_ITEMS = 0.2;

/** What ties two groups: accounts of each that are not the other's, and the slice of both together. */
export interface PoolTiesInput {
  readonly both: Slice;
  readonly one: ReadonlySet<number>;
  readonly other: ReadonlySet<number>;
  /** False where their lists are known to have hardly anything in common. */
  readonly listsOverlap: boolean;
  /** Bits from which a finding ties; grows with the pairs tried. */
  readonly least: number;
}

/** A finding between two groups, before it is said of which. */
export type PoolTie = Omit<Tie, "group">;

/**
 * The findings by which two groups with accounts of their own are pools of one operation: answers issued in one come
 * back in the other, the other begins when the one is suspended, or both work through one list. Accounts that are in
 * both say nothing, as a seller's pool serves many. O(accounts + items).
 */
export function poolTies(input: PoolTiesInput): readonly PoolTie[] {
  return [acrossEcho(input), handedOver(input), commonList(input)].filter(
    (tie): tie is PoolTie => tie !== undefined && tie.bits >= input.least,
  );
}

function acrossEcho({ both, one, other }: PoolTiesInput): PoolTie | undefined {
  const across = both.echoes.filter(
    ({ presenter, issuer }) =>
      (one.has(presenter) && other.has(issuer)) || (other.has(presenter) && one.has(issuer)),
  );
  const presenters = new Set(across.map(({ presenter }) => presenter)).size;
  const trials = both.accounts.filter(
    ({ account, presenting }) => presenting > 0 && (one.has(account) || other.has(account)),
  ).length;
  const { echoing, presenting } = both.surroundings;
  const nullRate = Math.min(0.9, Math.max(LEAST_ECHOING, upperRate(echoing, presenting)));
  if (presenters === 0) return undefined;
  return {
    signal: "echo",
    bits: round(poissonMixture({ events: presenters, trials, nullRate })),
    sentence: `${presenters} accounts of one group present answers that were issued to accounts of the other alone.`,
  };
}

function handedOver(input: PoolTiesInput): PoolTie | undefined {
  const { both, one, other } = input;
  const parameters = succession.parameters.parse({});
  const measured = [[one, other] as const, [other, one] as const].map(([gone, come]) =>
    succession.measure(
      {
        ...both,
        tenure: both.tenure.flatMap((t) => {
          if (gone.has(t.account)) return t.suspended > 0 ? [t] : [];
          return come.has(t.account) ? [{ ...t, suspended: 0 }] : [];
        }),
      },
      parameters,
    ),
  );
  const best = measured.toSorted((a, b) => b.bits - a.bits)[0]!;
  if (best.sentence === "") return undefined;
  return {
    signal: "succession",
    bits: round(best.bits),
    sentence: `Of the two groups together: ${best.sentence}`,
  };
}

function commonList({ both, one, other, listsOverlap }: PoolTiesInput): PoolTie | undefined {
  if (!listsOverlap) return undefined;
  const itemsOf = (accounts: ReadonlySet<number>): Set<number> =>
    new Set(
      both.items
        .filter(({ account }) => account >= 0 && accounts.has(both.accounts[account]!.account))
        .map(({ item }) => item),
    );
  const [mine, its] = [itemsOf(one), itemsOf(other)];
  const smaller = Math.min(mine.size, its.size);
  const share = smaller === 0 ? 0 : mine.intersection(its).size / smaller;
  if (share < COMMON_ITEMS) return undefined;
  const measured = worklist.measure(both, worklist.parameters.parse({}));
  if (measured.sentence === "") return undefined;
  return {
    signal: "worklist",
    bits: round(measured.bits),
    sentence: `${percent(share)} of the smaller group's items are in the other's list. Of both together: ${measured.sentence}`,
  };
}

function round(bits: number): number {
  return Math.round(bits * 100) / 100;
}
