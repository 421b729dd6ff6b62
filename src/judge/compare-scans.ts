import type { Group, ScanResult } from "../core/assessment.ts";
import type {
  BacktestResult,
  FlagChange,
  FlagComparison,
  FlagSummary,
  LabelScore,
} from "../core/backtest-result.ts";

/** What people found: account → whether it is positive. */
export type Truth = ReadonlyMap<string, boolean>;

/** Two flags are one where this share of the smaller one's accounts is in both. */
const SAME_SHARE = 0.5;

/** What changes between two judgements of the same traffic. `truth` may name accounts that sent nothing. O(groups² × accounts). */
export function compareScans(
  before: ScanResult,
  after: ScanResult,
  truth: Truth | undefined,
): Omit<BacktestResult, "settings"> {
  const [old, fresh] = [flaggedAccounts(before), flaggedAccounts(after)];
  return {
    version: 1,
    window: after.window,
    exchanges: after.exchanges,
    accounts: after.accounts,
    flags: compareFlags(before.groups, after.groups),
    accounts_before: old.size,
    accounts_after: fresh.size,
    accounts_lost: [...old.difference(fresh)].sort(),
    accounts_won: [...fresh.difference(old)].sort(),
    labels: truth === undefined ? null : againstTruth(old, fresh, truth),
  };
}

function flaggedAccounts({ groups }: ScanResult): Set<string> {
  return new Set(groups.filter(isFlagged).flatMap(({ accounts }) => accounts));
}

function isFlagged({ assessment }: Group): boolean {
  return assessment === "campaign";
}

const ORDER: readonly FlagChange[] = ["lost", "won", "later", "earlier", "merged", "split", "same"];

function compareFlags(before: readonly Group[], after: readonly Group[]): FlagComparison[] {
  const [old, fresh] = [before.filter(isFlagged), after.filter(isFlagged)];
  const pairs = matched(old, fresh);
  const taken = new Set(pairs.values());
  const kept = [...pairs].map(([one, other]): FlagComparison => {
    const change = changeOf(one, other);
    return { change, before: summary(one), after: summary(other), otherwise: null };
  });
  const gone = old
    .filter((group) => !pairs.has(group))
    .map((group): FlagComparison => {
      const change = isAmong(group, fresh) ? "merged" : "lost";
      const otherwise = change === "lost" ? saidOf(group, after) : null;
      return { change, before: summary(group), after: null, otherwise };
    });
  const come = fresh
    .filter((group) => !taken.has(group))
    .map((group): FlagComparison => {
      const change = isAmong(group, old) ? "split" : "won";
      const otherwise = change === "won" ? saidOf(group, before) : null;
      return { change, before: null, after: summary(group), otherwise };
    });
  return [...kept, ...gone, ...come].sort(
    (a, b) => ORDER.indexOf(a.change) - ORDER.indexOf(b.change) || sizeOf(b) - sizeOf(a),
  );
}

/** Pairs of groups that are one, those with most accounts in common first. */
function matched(old: readonly Group[], fresh: readonly Group[]): ReadonlyMap<Group, Group> {
  const alike = old.flatMap((one) =>
    fresh.map((other) => ({ one, other, common: commonOf(one, other) })),
  );
  const pairs = new Map<Group, Group>();
  const taken = new Set<Group>();
  for (const { one, other, common } of alike.sort((a, b) => b.common - a.common)) {
    const smaller = Math.min(one.accounts.length, other.accounts.length);
    if (common === 0 || common < SAME_SHARE * smaller) continue;
    if (pairs.has(one) || taken.has(other)) continue;
    pairs.set(one, other);
    taken.add(other);
  }
  return pairs;
}

function commonOf(one: Group, other: Group): number {
  return new Set(one.accounts).intersection(new Set(other.accounts)).size;
}

/** True where most accounts of a group are in some of these groups. */
function isAmong(group: Group, others: readonly Group[]): boolean {
  const all = new Set(others.flatMap(({ accounts }) => accounts));
  return group.accounts.filter((account) => all.has(account)).length > group.accounts.length / 2;
}

/** What is said of the group that holds most of another's accounts, if it holds half of them. */
function saidOf(group: Group, others: readonly Group[]): FlagComparison["otherwise"] {
  const [best] = others
    .map((other) => ({ other, common: commonOf(group, other) }))
    .sort((a, b) => b.common - a.common);
  if (best === undefined || best.common < SAME_SHARE * group.accounts.length) return null;
  const { assessment, reason } = best.other;
  return { assessment, reason };
}

function changeOf(one: Group, other: Group): FlagChange {
  const [then, now] = [Date.parse(one.detected_at ?? ""), Date.parse(other.detected_at ?? "")];
  return now < then ? "earlier" : now > then ? "later" : "same";
}

function summary(group: Group): FlagSummary {
  return {
    group: group.id,
    accounts: group.accounts.length,
    exchanges: group.exchanges,
    detected_at: group.detected_at,
    exchanges_before_alert: group.exchanges_before_alert,
    bits: Math.min(group.coordination_bits, group.harvest_bits),
  };
}

function sizeOf({ before, after }: FlagComparison): number {
  return Math.max(before?.accounts ?? 0, after?.accounts ?? 0);
}

function againstTruth(
  old: ReadonlySet<string>,
  fresh: ReadonlySet<string>,
  truth: Truth,
): BacktestResult["labels"] {
  const positive = [...truth.values()].filter(Boolean).length;
  const score = (flagged: ReadonlySet<string>): LabelScore => {
    const hits = [...truth].filter(([account]) => flagged.has(account));
    const right = hits.filter(([, isPositive]) => isPositive).length;
    return {
      flagged_positive: right,
      flagged_legitimate: hits.length - right,
      precision: hits.length === 0 ? null : right / hits.length,
      recall: positive === 0 ? null : right / positive,
    };
  };
  return { positive, legitimate: truth.size - positive, before: score(old), after: score(fresh) };
}
