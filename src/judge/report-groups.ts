import type { Group, GroupDetail } from "../core/assessment.ts";
import {
  clearReported,
  clearReportedKeys,
  groupHours,
  groupReplays,
  idsByHash,
  memberExchanges,
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
import { groupDescriptions, withDescriptions } from "./attribution/group-descriptions.ts";
import { groupDetail } from "./attribution/group-detail.ts";
import { replaysOf } from "./attribution/group-replays.ts";
import type { SignalParameters } from "./configuration.ts";

/** What reporting needs. */
export interface ReportGroupsInput extends ChooseGroupsInput {
  /** By key number. */
  readonly keyHashes: readonly bigint[];
  readonly seed: number;
  readonly parameters?: SignalParameters | undefined;
}

/** The groups worth saying something of, flagged ones first, and what the report draws of them. */
export async function reportGroups(
  input: ReportGroupsInput,
): Promise<{ readonly groups: readonly Group[]; readonly details: readonly GroupDetail[] }> {
  const said = await chooseGroups(input);
  if (said.length === 0) return { groups: [], details: [] };
  await declare(input, said);
  const members = groupBy(await input.warehouse.rows(memberExchanges, {}));
  const hours = groupBy(await input.warehouse.rows(groupHours, {}));
  const everyone = new Map(
    (await input.warehouse.rows(trafficHours, {})).map((row) => [row.hour, Number(row.exchanges)]),
  );
  const ids = await exampleIds(input.warehouse, said);
  const descriptions = await groupDescriptions(input, said);
  const replays = groupBy(await input.warehouse.rows(groupReplays, {}));
  const groups: Group[] = [];
  const details: GroupDetail[] = [];
  const flagged = new Map<string, number>();
  for (const [no, { said: verdict }] of said.entries()) {
    if (verdict.assessment !== "campaign") continue;
    for (const { name, carrying } of members.get(no) ?? []) {
      flagged.set(name, (flagged.get(name) ?? 0) + Number(carrying));
    }
  }
  for (const [no, reported] of said.entries()) {
    const group = describeGroup(reported, members.get(no) ?? [], ids, flagged);
    const replayed = replaysOf(replays.get(no) ?? [], input.roster);
    const evidence = withDescriptions(group.evidence, descriptions[no] ?? [], replayed);
    groups.push({ ...group, evidence });
    const names = new Map((members.get(no) ?? []).map((row) => [row.account_hash, row.name]));
    details.push(groupDetail(group.id, hours.get(no) ?? [], names, everyone));
  }
  return { groups, details };
}

async function declare(input: ReportGroupsInput, said: readonly Reported[]): Promise<void> {
  const { warehouse, roster, keyHashes } = input;
  await warehouse.run(clearReported, {});
  await warehouse.run(clearReportedKeys, {});
  const members = said.flatMap(({ members: accounts, detected }, group_no) =>
    [...accounts].map((account) => ({
      group_no,
      account_hash: String(roster.hashes[account] ?? 0n),
      detected: detected === 0 ? 4_294_967_295 : detected,
    })),
  );
  await warehouse.insert("reported", members);
  await warehouse.insert(
    "reported_keys",
    said.map(({ lineage }, group_no) => ({
      group_no,
      required: lineage.required,
      keys: lineage.whole ? [] : [...lineage.keys].map((key) => String(keyHashes[key] ?? 0n)),
    })),
  );
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

function groupBy<R extends { readonly group_no: number }>(rows: readonly R[]): Map<number, R[]> {
  const groups = new Map<number, R[]>();
  for (const row of rows) {
    const list = groups.get(row.group_no);
    if (list === undefined) groups.set(row.group_no, [row]);
    else list.push(row);
  }
  return groups;
}
