import type { GroupDetail } from "../../core/assessment.ts";
import type { RowOf } from "../../warehouse/statement.ts";
import type { groupHours } from "../../warehouse/statements.gen.ts";
import { timeOf } from "./time-of.ts";

const MOST_MATRIX = 200;
const HOUR = 3600;

/** What the report draws of a group: its hours, everyone's, and those of its first accounts. `names` and `everyone` are by account hash and by hour (seconds). */
export function groupDetail(
  id: string,
  rows: readonly RowOf<typeof groupHours>[],
  names: ReadonlyMap<string, string>,
  everyone: ReadonlyMap<number, number>,
): GroupDetail {
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
  };
}
