import type { HistoryLine } from "../../core/assessment.ts";
import type { MemberTraffic } from "./member-traffic.ts";
import { timeOf } from "./time-of.ts";

const DAY = 86_400;
/** Who is silent for so long before the traffic's end has left. */
const AWAY = 2 * DAY;

/** What a group's history is made of; times in seconds. */
export interface HistoryInput {
  readonly members: readonly MemberTraffic[];
  /** By account hash: when it was suspended, 0 where it was not. */
  readonly suspended: ReadonlyMap<string, number>;
  /** End of the traffic. */
  readonly until: number;
  /** When it was flagged, 0 where it was not, and with how many accounts by now. */
  readonly flaggedAt: number;
  /** Groups that were found to be of the same accounts: id, when, and with how many accounts. */
  readonly merged: readonly {
    readonly id: string;
    readonly at: number;
    readonly accounts: number;
  }[];
  /** The group whose rule this one's grew out of. */
  readonly splitFrom: { readonly id: string; readonly at: number } | undefined;
}

/** A group through time, in order. An account that is suspended has not left. O(members). */
export function historyOf(input: HistoryInput): readonly HistoryLine[] {
  const { members, suspended, until, flaggedAt, merged, splitFrom } = input;
  const [joins, leaves, suspensions]: number[][] = [[], [], []];
  for (const { hash, rows } of members) {
    joins!.push(Math.min(...rows.map(({ first }) => first)));
    const last = Math.max(...rows.map((row) => row.last));
    const at = suspended.get(hash) ?? 0;
    if (at > 0) suspensions!.push(at);
    else if (last < until - AWAY) leaves!.push(last);
  }
  const line = (event: HistoryLine["event"], at: number, accounts: number, group?: string) => ({
    at,
    line: { time: timeOf(at), event, accounts, group: group ?? null },
  });
  return [
    ...byDay(joins!).map(([at, n]) => line("joined", at, n)),
    ...byDay(suspensions!).map(([at, n]) => line("suspended", at, n)),
    ...byDay(leaves!).map(([at, n]) => line("left", at, n)),
    ...merged.map(({ id, at, accounts }) => line("merged", at, accounts, id)),
    ...(splitFrom === undefined ? [] : [line("split", splitFrom.at, members.length, splitFrom.id)]),
    ...(flaggedAt === 0
      ? []
      : [line("flagged", flaggedAt, joins!.filter((first) => first < flaggedAt).length)]),
  ]
    .toSorted((a, b) => a.at - b.at)
    .map((event) => event.line);
}

/** The first time of each UTC day, and how many times lie in it. */
function byDay(times: readonly number[]): readonly (readonly [number, number])[] {
  const days = Map.groupBy(times, (time) => Math.floor(time / DAY));
  return [...days.values()].map((own) => [Math.min(...own), own.length]);
}
