import type { CaseMemberRow, TrafficWeekRow } from "../tables.ts";
import type { ReviewPolicy } from "./review-policy.ts";

/** What a step would touch, by the week that was measured last. Null where an account of it wasn't measured, or there is no such week. */
export interface Simulation {
  readonly accounts: number;
  readonly protected_accounts: number | null;
  /** Means over the week. */
  readonly exchanges_a_day: number | null;
  readonly tokens_a_day: number | null;
  /** In the provider's own unit. */
  readonly billed_a_day: number | null;
  /** Of the week's active accounts, its exchanges, and what was billed; 0 to 1. */
  readonly accounts_share: number | null;
  readonly exchanges_share: number | null;
  readonly billed_share: number | null;
  /** Agreements that its accounts name, in order. */
  readonly agreements: readonly string[];
  /** End of the week, ISO 8601. */
  readonly week_until: string | null;
}

const DAYS = 7;

/** What a step on these members would touch. */
export function simulateStep(
  members: readonly CaseMemberRow[],
  week: TrafficWeekRow | undefined,
): Simulation {
  const known = members.every(({ measured }) => measured !== null);
  const sum = (of: (member: CaseMemberRow) => number | null): number | null =>
    known ? members.reduce((total, member) => total + (of(member) ?? 0), 0) : null;
  const aDay = (total: number | null): number | null => (total === null ? null : total / DAYS);
  const share = (part: number | null, whole: number | undefined): number | null =>
    part === null || whole === undefined ? null : whole === 0 ? 0 : Math.min(1, part / whole);
  const exchanges = sum((member) => member.week_exchanges);
  const billed = sum((member) => member.week_billed);
  const active = sum(({ week_exchanges }) => ((week_exchanges ?? 0) > 0 ? 1 : 0));
  const agreements = new Set(members.map(({ agreement }) => agreement ?? ""));
  agreements.delete("");
  return {
    accounts: members.length,
    protected_accounts: sum((member) => member.protected),
    exchanges_a_day: aDay(exchanges),
    tokens_a_day: aDay(sum((member) => member.week_tokens)),
    billed_a_day: aDay(billed),
    accounts_share: share(active, week?.accounts),
    exchanges_share: share(exchanges, week?.exchanges),
    billed_share: share(billed, week?.billed),
    agreements: [...agreements].toSorted(),
    week_until: week?.until ?? null,
  };
}

/** Which limits a step is over, in words; empty where it is over none. What isn't known is over none here. */
export function limitsExceeded(
  simulation: Simulation,
  limits: ReviewPolicy["limits"],
): readonly string[] {
  const percent = (value: number): string => `${Math.round(value * 1000) / 10} %`;
  const shares = [
    [simulation.accounts_share, limits.accounts_share, "of the week's accounts"],
    [simulation.exchanges_share, limits.exchanges_share, "of the week's exchanges"],
    [simulation.billed_share, limits.billed_share, "of what was billed in the week"],
  ] as const;
  const over = shares.flatMap(([value, limit, what]) =>
    value !== null && value > limit ? [`${percent(value)} ${what} (limit ${percent(limit)})`] : [],
  );
  const kept = simulation.protected_accounts ?? 0;
  return kept > limits.protected_accounts
    ? [...over, `${kept} protected accounts (limit ${limits.protected_accounts})`]
    : over;
}
