import { HOUR, type Draft, type Part, type Span, type Truth } from "./world.ts";

/** Exchanges counted so far: by account, and by operation and hour. Can be passed between threads. */
export interface TallyCounts {
  readonly perAccount: Map<string, number>;
  readonly hours: Map<string, number[]>;
}

/** Counts a world's exchanges as they are made, for its truth. */
export interface Tally {
  readonly counts: TallyCounts;
  readonly count: (draft: Draft, time: number) => void;
  /** Adds what another thread counted. */
  readonly add: (other: TallyCounts) => void;
  readonly truth: () => Truth;
}

/** Starts a tally of a world's exchanges. */
export function makeTally(world: {
  readonly seed: string;
  readonly span: Span;
  readonly parts: readonly Part[];
}): Tally {
  const hours = new Map<string, number[]>();
  const perAccount = new Map<string, number>();
  const length = Math.ceil((world.span.until - world.span.from) / HOUR);
  const count = (draft: Draft, time: number): void => {
    perAccount.set(draft.account, (perAccount.get(draft.account) ?? 0) + 1);
    if (draft.campaign === undefined) return;
    let series = hours.get(draft.campaign);
    if (series === undefined)
      hours.set(draft.campaign, (series = new Array<number>(length).fill(0)));
    const hour = Math.floor((time - world.span.from) / HOUR);
    series[hour] = (series[hour] ?? 0) + 1;
  };
  const add = (other: TallyCounts): void => {
    for (const [account, sum] of other.perAccount)
      perAccount.set(account, (perAccount.get(account) ?? 0) + sum);
    for (const [campaign, series] of other.hours) {
      const own = hours.get(campaign);
      hours.set(campaign, own === undefined ? series : own.map((n, h) => n + (series[h] ?? 0)));
    }
  };
  const active = (accounts: readonly string[]): string[] =>
    accounts.filter((account) => perAccount.has(account)).toSorted();
  const truth = (): Truth => ({
    seed: world.seed,
    campaigns: world.parts
      .flatMap((part) => part.campaigns ?? [])
      .map((campaign) => {
        const series = hours.get(campaign.id) ?? [];
        return {
          ...campaign,
          accounts: active(campaign.accounts),
          exchanges: series.reduce((a, b) => a + b, 0),
          from: new Date(world.span.from).toISOString(),
          hours: series,
        };
      }),
    lookalikes: world.parts.flatMap((part) =>
      (part.lookalikes ?? []).map((group) => ({
        ...group,
        accounts: active(group.accounts),
        exchanges: group.accounts.reduce((sum, account) => sum + (perAccount.get(account) ?? 0), 0),
      })),
    ),
  });
  return { counts: { perAccount, hours }, count, add, truth };
}
