import type { Group } from "../core/assessment.ts";
import { StillwatchError } from "../core/errors.ts";
import type { Explanation, LoneTraffic, SharedKeys } from "../core/explanation.ts";
import { kindName } from "../core/key-kind.ts";
import { didYouMean, nearMatches } from "../core/near-matches.ts";
import { openWarehouse, type Warehouse } from "../warehouse/open-warehouse.ts";
import {
  accountSharing,
  accountTraffic,
  nearAccounts,
  trafficTotals,
} from "../warehouse/statements.gen.ts";
import type { LastScan } from "./last-scan.ts";

/**
 * All that a scan said of a group or an account. An account in no group is looked up in the warehouse of `dataDir`,
 * where there is one. Throws SW_NAME_UNKNOWN with near matches, SW_DATA_*, SW_WAREHOUSE_*.
 */
export async function explain(
  name: string,
  { scanned_at, result }: LastScan,
  dataDir?: string,
): Promise<Explanation> {
  const groups = result.groups.filter(
    ({ id, lineage, accounts }) => id === name || lineage === name || accounts.includes(name),
  );
  const memberships = groups.flatMap((group) =>
    group.members
      .filter(({ account }) => account === name)
      .map((member) => ({ ...member, group: group.id })),
  );
  const alone = groups.length > 0 ? null : await lookUp(name, result.groups, dataDir);
  const { q, tick_seconds, settings } = result;
  const judged = { q, tick_seconds, ...(settings === undefined ? {} : { settings }) };
  return { version: 1, name, scanned_at, ...judged, groups, memberships, alone };
}

async function lookUp(
  name: string,
  groups: readonly Group[],
  dataDir: string | undefined,
): Promise<LoneTraffic> {
  const named = groups.flatMap(({ id, accounts }) => [id, ...accounts]);
  if (dataDir === undefined) {
    throw unknown(name, nearMatches(name, named), "in a group of this result");
  }
  const warehouse = await openWarehouse({ dataDir });
  try {
    const found = await loneTraffic(name, warehouse);
    if (found !== undefined) return found;
    const most = Math.ceil(name.length / 3);
    const rows = await warehouse.rows(nearAccounts, { asked: name, most });
    const near = nearMatches(name, [...named, ...rows.map(({ account }) => account)]);
    throw unknown(name, near, `in ${dataDir}`);
  } finally {
    await warehouse.close();
  }
}

function unknown(name: string, near: readonly string[], where: string): StillwatchError {
  return new StillwatchError("SW_NAME_UNKNOWN", { name, where, near: didYouMean(near) });
}

/** What an account did and shares; undefined where nobody knows it. */
async function loneTraffic(
  account: string,
  warehouse: Warehouse,
): Promise<LoneTraffic | undefined> {
  const [sent] = await warehouse.rows(accountTraffic, { account });
  const exchanges = Number(sent?.exchanges ?? 0);
  if (sent === undefined || exchanges === 0) return undefined;
  const [everyone] = await warehouse.rows(trafficTotals, {});
  const rows = await warehouse.rows(accountSharing, { account });
  const shared = rows.map(({ kind, keys, others, usual }): SharedKeys => ({
    kind: kindName(kind),
    keys: Number(keys),
    others: Number(others),
    usual: Math.min(1, Number(usual) / Math.max(1, Number(everyone?.accounts ?? 0))),
  }));
  return { exchanges, first_seen: timeOf(sent.first), last_seen: timeOf(sent.last), shared };
}

function timeOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
