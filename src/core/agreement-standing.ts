import type { Agreement } from "./agreement.ts";

/** What was used of an agreement on a UTC day, such as `2026-04-22`. */
export interface UseOfDay {
  readonly day: string;
  readonly exchanges: number;
  readonly output_tokens: number;
}

/** Use against one limit of a budget. */
export interface BudgetStanding {
  readonly of: "exchanges" | "output_tokens";
  readonly used: number;
  readonly budget: number;
  /** 1 is all of it; more is over. */
  readonly share: number;
  /** When it is used up at the recent pace, ISO 8601; null where the term ends first, nothing was used lately, or it is used up. */
  readonly used_up: string | null;
}

const DAY_MS = 86_400_000;
/** What the forecast goes by: long enough for weekends, short enough to see a change. */
const RECENT_DAYS = 14;

/**
 * Use against each limit of a budget, as of a moment. The forecast goes on at the recent pace: now + (budget − used) ÷ pace,
 * where the pace is what was used since the later of the first use and 14 days ago, over that time, a day at least.
 */
export function agreementStanding(
  { budget = {}, until }: Pick<Agreement, "budget" | "until">,
  days: readonly UseOfDay[],
  now: string,
): readonly BudgetStanding[] {
  const at = Date.parse(now);
  const recent = days.filter(({ day }) => Date.parse(day) > at - RECENT_DAYS * DAY_MS);
  const begun = Math.min(...recent.map(({ day }) => Date.parse(day)));
  const span = Math.max(1, (at - begun) / DAY_MS);
  return (["exchanges", "output_tokens"] as const).flatMap((of) => {
    const most = budget[of];
    if (most === undefined) return [];
    const sum = (some: readonly UseOfDay[]): number => some.reduce((all, day) => all + day[of], 0);
    const used = sum(days);
    const perDay = sum(recent) / span;
    const end = at + ((most - used) / perDay) * DAY_MS;
    const isAhead = used < most && perDay > 0 && end < Date.parse(until);
    const used_up = isAhead ? new Date(end).toISOString() : null;
    return [{ of, used, budget: most, share: used / most, used_up }];
  });
}
