import type { Group, GroupDetail, KnownGroup } from "../core/assessment.ts";
import type { Calendar } from "../core/calendar.ts";
import type { PriceList } from "../core/price-list.ts";
import {
  clearReported,
  clearReportedRules,
  groupHours,
  groupReplays,
  idsByHash,
  memberExchanges,
  memberOrigins,
  modelStarts,
  trafficHours,
} from "../warehouse/statements.gen.ts";
import type { Warehouse } from "../warehouse/open-warehouse.ts";
import {
  chooseGroups,
  type ChooseGroupsInput,
  type Reported,
} from "./attribution/choose-groups.ts";
import { describeGroup } from "./attribution/describe-group.ts";
import { examplesOf } from "./attribution/examples-of.ts";
import { gatheringKeys } from "./attribution/gathering-keys.ts";
import { groupDescriptions } from "./attribution/group-descriptions.ts";
import { groupDetail } from "./attribution/group-detail.ts";
import { replaysOf } from "./attribution/group-replays.ts";
import { joinOperations } from "./attribution/join-operations.ts";
import { type GroupTraffic, groupTraffic } from "./attribution/member-traffic.ts";
import { releasesIn } from "./attribution/releases-in.ts";
import type { Origins } from "./attribution/role-of.ts";
import { type Rule, rulesOf } from "./attribution/rules-of.ts";
import type { SignalParameters } from "./configuration.ts";
import type { TimedPiece } from "./piece-queue.ts";

/** What reporting needs. */
export interface ReportGroupsInput extends ChooseGroupsInput {
  /** By key number. */
  readonly keyHashes: readonly bigint[];
  readonly pieces: readonly TimedPiece[];
  readonly seed: number;
  readonly parameters?: SignalParameters | undefined;
  readonly calendar?: Calendar | undefined;
  readonly prices?: PriceList | undefined;
  /** Groups of an earlier result, to be recognized. */
  readonly known?: readonly KnownGroup[] | undefined;
}

const HOUR = 3600;

/** A group to be reported, with its rules. */
interface Ruled extends Reported {
  readonly rules: readonly Rule[];
}

/** The groups worth saying something of, flagged ones first, and what the report draws of them. */
export async function reportGroups(
  input: ReportGroupsInput,
): Promise<{ readonly groups: readonly Group[]; readonly details: readonly GroupDetail[] }> {
  const { warehouse, judge, keyHashes, prices, known = [] } = input;
  const said = (await chooseGroups(input)).map((reported) => ({
    ...reported,
    rules: rulesOf(reported, judge.lineages, keyHashes),
  }));
  if (said.length === 0) return { groups: [], details: [] };
  await declareMembers(input, said);
  await declareRules(warehouse, said, () => ~0);
  const rows = Map.groupBy(await warehouse.rows(memberExchanges, {}), (row) => row.group_no);
  const traffic = said.map(({ rules }, no) => groupTraffic(rows.get(no) ?? [], rules));
  const origins = await originsOf(input, said, traffic);
  const hours = Map.groupBy(await warehouse.rows(groupHours, {}), (row) => row.group_no);
  const total = await warehouse.rows(trafficHours, {});
  const everyone = new Map(total.map((row) => [row.hour, Number(row.exchanges)]));
  const operations = joinOperations(said, judge, input.roster);
  const accounts = accountsOf(input, said);
  const ids = await exampleIds(warehouse, said);
  const descriptions = await groupDescriptions(input, said);
  const replays = Map.groupBy(await warehouse.rows(groupReplays, {}), (row) => row.group_no);
  const hoursSeen = total.map(({ hour }) => hour);
  const [from, until] = [Math.min(...hoursSeen), Math.max(...hoursSeen)];
  const models = await warehouse.rows(modelStarts, {});
  const window = { from, to: until + HOUR };
  const releases = releasesIn(models, window, input.calendar?.releases);
  const groups = said.map((reported, no) =>
    describeGroup({
      reported,
      traffic: traffic[no]!,
      operation: operations[no]!,
      origins,
      ...accounts,
      hours: hours.get(no) ?? [],
      keys: new Set(reported.rules.flatMap(({ keys }) => keys)),
      ids,
      descriptions: descriptions[no] ?? [],
      replays: replaysOf(replays.get(no) ?? [], input.roster),
      until,
      prices,
      known,
    }),
  );
  const gatherings = await gatheringKeys(
    input,
    said.map(({ lineage }, no) => ({
      lineage,
      accounts: traffic[no]!.members.map(({ hash }) => hash),
    })),
  );
  const details = groups.map(({ id }, no) => {
    const names = new Map(traffic[no]!.members.map(({ hash, name }) => [hash, name]));
    const own = hours.get(no) ?? [];
    const gathering = gatherings[no]!;
    return groupDetail({ id, rows: own, names, everyone, gathering, releases });
  });
  return { groups, details };
}

/** Where the members' exchanges come from, by account; what serves a flagged group against what serves none. */
async function originsOf(
  input: ReportGroupsInput,
  said: readonly Ruled[],
  traffic: readonly GroupTraffic[],
): Promise<ReadonlyMap<string, Origins>> {
  await declareRules(input.warehouse, said, ({ said: verdict }, no) =>
    verdict.assessment === "campaign" ? traffic[no]!.serving : 0,
  );
  const rows = await input.warehouse.rows(memberOrigins, {});
  return new Map(rows.map((row) => [row.account_hash, row]));
}

async function declareMembers(
  { warehouse, roster }: ReportGroupsInput,
  said: readonly Reported[],
): Promise<void> {
  await warehouse.run(clearReported, {});
  const members = said.flatMap(({ members: accounts, detected }, group_no) =>
    [...accounts].map((account) => ({
      group_no,
      account_hash: String(roster.hashes[account] ?? 0n),
      detected: detected === 0 ? 4_294_967_295 : detected,
    })),
  );
  await warehouse.insert("reported", members);
}

/** Tells the warehouse the groups' rules, as far as their bits are asked for. */
async function declareRules(
  warehouse: Warehouse,
  said: readonly Ruled[],
  bitsOf: (reported: Ruled, no: number) => number,
): Promise<void> {
  await warehouse.run(clearReportedRules, {});
  const rules = said.flatMap((reported, group_no) => {
    const bits = bitsOf(reported, group_no);
    return reported.rules.flatMap(({ required, keys }, rule) =>
      ((bits >>> rule) & 1) === 0 ? [] : [{ group_no, rule, required, keys: keys.map(String) }],
    );
  });
  if (rules.length > 0) await warehouse.insert("reported_rules", rules);
}

/** Numbers of the members, and when they were suspended (0: never), by decimal hash. */
function accountsOf(
  { roster }: ReportGroupsInput,
  said: readonly Reported[],
): {
  readonly numbers: ReadonlyMap<string, number>;
  readonly suspended: ReadonlyMap<string, number>;
} {
  const all = [...new Set(said.flatMap(({ members }) => [...members]))];
  const named = all.map((account) => [String(roster.hashes[account] ?? 0n), account] as const);
  return {
    numbers: new Map(named),
    suspended: new Map(
      named.map(([hash, account]) => [hash, roster.facts(account)?.suspended ?? 0]),
    ),
  };
}

async function exampleIds(
  warehouse: Warehouse,
  said: readonly Reported[],
): Promise<Map<string, string>> {
  const hashes = new Set(
    said.flatMap(({ lineage }) =>
      lineage.findings.flatMap((finding) => examplesOf(lineage, finding).map(String)),
    ),
  );
  if (hashes.size === 0) return new Map();
  const rows = await warehouse.rows(idsByHash, { hashes: [...hashes] });
  return new Map(rows.map((row) => [row.id_hash, row.id]));
}
