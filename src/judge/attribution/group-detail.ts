import type { Gathering, GroupDetail, Release } from "../../core/assessment.ts";
import type { RowOf } from "../../warehouse/statement.ts";
import type { groupHours } from "../../warehouse/statements.gen.ts";
import { timeOf } from "./time-of.ts";

const MOST_MATRIX = 200;
const HOUR = 3600;

/** What is known of a group that its report draws. */
export interface GroupDetailInput {
  readonly id: string;
  /** Its hours, in order. */
  readonly rows: readonly RowOf<typeof groupHours>[];
  /** Names of its accounts by hash. */
  readonly names: ReadonlyMap<string, string>;
  /** Everyone's exchanges by hour, in seconds. */
  readonly everyone: ReadonlyMap<number, number>;
  readonly gathering: Gathering;
  readonly releases: readonly Release[];
}

/** What the report draws of a group: its hours, everyone's, those of its first accounts, what gathered it, and releases in its time. */
export function groupDetail(input: GroupDetailInput): GroupDetail {
  const { id, rows, names, everyone, gathering, releases } = input;
  const first = Math.min(...rows.map((row) => row.hour));
  const last = Math.max(...rows.map((row) => row.hour));
  const length = rows.length === 0 ? 0 : (last - first) / HOUR + 1;
  const group = new Array<number>(length).fill(0);
  const byAccount = new Map<string, number[]>();
  for (const row of rows) {
    const hour = (row.hour - first) / HOUR;
    group[hour]! += row.exchanges;
    let counts = byAccount.get(row.account_hash);
    if (counts === undefined) {
      if (byAccount.size >= MOST_MATRIX) continue;
      byAccount.set(row.account_hash, (counts = new Array<number>(length).fill(0)));
    }
    counts[hour] = row.exchanges;
  }
  return {
    id,
    from: timeOf(rows.length === 0 ? 0 : first),
    group,
    everyone: group.map((_, h) => everyone.get(first + h * HOUR) ?? 0),
    matrix: {
      accounts: [...byAccount.keys()].map((hash) => names.get(hash) ?? hash),
      counts: [...byAccount.values()],
    },
    gathering,
    releases: releases.filter(({ time }) => {
      const at = Date.parse(time) / 1000;
      return at >= first && at < last + HOUR;
    }),
  };
}
