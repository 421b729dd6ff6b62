import type { Agreement } from "../core/agreement.ts";
import type { Evidence, Group, GroupDetail, Member, Role } from "../core/assessment.ts";
import type { RowOf } from "../warehouse/statement.ts";
import type { SliceAccount } from "../signals/slice.ts";
import type { Warehouse } from "../warehouse/open-warehouse.ts";
import {
  clearReported,
  clearReportedKeys,
  groupHours,
  idsByHash,
  memberExchanges,
  trafficHours,
} from "../warehouse/statements.gen.ts";
import { assess, type Verdictless } from "./assess.ts";
import { capabilitiesOf } from "./capabilities-of.ts";
import { coveringAgreement } from "./covering-agreement.ts";
import { LEAST_PARTIES } from "./hypothesis-of.ts";
import { type Judge, payersOf } from "./judge.ts";
import type { Lineage } from "./lineage.ts";
import { isGeneral, membersOf, TELLING_BITS } from "./members-of.ts";
import type { Roster } from "./roster.ts";

type MemberRow = RowOf<typeof memberExchanges>;

/** What reporting needs. */
export interface ReportGroupsInput {
  readonly warehouse: Warehouse;
  readonly judge: Judge;
  readonly roster: Roster;
  readonly keyHashes: readonly bigint[];
  readonly agreements: readonly Agreement[];
}

interface Reported {
  readonly lineage: Lineage;
  readonly said: Verdictless;
  readonly members: ReadonlySet<number>;
  /** End of the tick at which it was first flagged, by this rule or by another that gathers the same accounts; 0 if never. */
  readonly detected: number;
}

/** An account whose traffic is mostly the group's is operated; below a tenth of it, chance may do. */
const OPERATED_SHARE = 0.5;
const LEAST_SHARE = 0.1;
/** Who sends a small part of what the median member sends happens to ask the same. */
const BYSTANDER_SHARE = 0.05;
/** … and so does who sends the group's kind of request far more rarely among others than the median member. */
const BYSTANDER_RELATIVE = 1 / 3;
/** Evidence a group must still have without the accounts of purer groups: log₂(1/.01). */
const STANDING_BITS = 6.65;
const MOST_SAID = 60;
const MOST_MATRIX = 200;
const HOUR = 3600;

/** The groups worth saying something of, flagged ones first, and what the report draws of them. */
export async function reportGroups(
  input: ReportGroupsInput,
): Promise<{ readonly groups: readonly Group[]; readonly details: readonly GroupDetail[] }> {
  const said = await choose(input);
  if (said.length === 0) return { groups: [], details: [] };
  await declare(input, said);
  const members = groupBy(await input.warehouse.rows(memberExchanges, {}));
  const hours = groupBy(await input.warehouse.rows(groupHours, {}));
  const everyone = new Map(
    (await input.warehouse.rows(trafficHours, {})).map((row) => [row.hour, Number(row.exchanges)]),
  );
  const ids = await exampleIds(input.warehouse, said);
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
    const group = describe(reported, members.get(no) ?? [], ids, flagged);
    groups.push(group);
    const names = new Map((members.get(no) ?? []).map((row) => [row.account_hash, row.name]));
    details.push(detailOf(group.id, hours.get(no) ?? [], names, everyone));
  }
  return { groups, details };
}

/** Lineages with something to say, one for each set of accounts: of those that overlap by half, the strongest. */
async function choose(input: ReportGroupsInput): Promise<Reported[]> {
  const { judge } = input;
  const all: Reported[] = [];
  for (const lineage of judge.lineages) {
    if (lineage.rank === 0) continue;
    const said = assess({
      lineage,
      coordinated: lineage.coordinatedAt > 0,
      parties: payersOf(lineage),
      agreement: await coveringAgreement(lineage, input),
    });
    if (said === undefined) continue;
    judge.describe(lineage);
    const members =
      said.assessment === "campaign"
        ? withoutBystanders(membersOf(lineage), lineage, judge)
        : new Set(lineage.accounts.keys());
    const detected = said.assessment === "relay" ? lineage.coordinatedAt : lineage.flaggedAt;
    all.push({ lineage, said, members, detected });
  }
  const order = ["campaign", "bulk", "relay", "explained", "undetermined", "watch"];
  const strength = (l: Lineage): number => Math.min(l.coordinationBits ?? 0, l.harvestBits ?? 0);
  all.sort(
    (a, b) =>
      order.indexOf(a.said.assessment) - order.indexOf(b.said.assessment) ||
      b.lineage.accounts.size - a.lineage.accounts.size ||
      strength(b.lineage) - strength(a.lineage) ||
      a.lineage.number - b.lineage.number,
  );
  const campaigns = peel(
    all.filter((r) => r.said.assessment === "campaign"),
    judge,
  );
  const kept: Reported[] = [...campaigns];
  for (const candidate of all) {
    if (candidate.said.assessment === "campaign" || kept.length >= MOST_SAID) continue;
    if (
      !kept.some(
        (other) => overlap(candidate.members, new Set(other.lineage.accounts.keys())) > 0.5,
      )
    )
      kept.push(candidate);
  }
  return kept;
}

/**
 * The same operation is gathered by several rules, and a wide rule (a common tool, a popular phrase) gathers
 * bystanders with it. From the purest rule on: a group that holds nothing new only says when it was seen first; one that
 * does not stand without the accounts already flagged is left out, but for those of its accounts that are tied to them
 * by a fact of their own.
 */
function peel(flagged: readonly Reported[], judge: Judge): Reported[] {
  const purity = new Map(flagged.map((r) => [r, Math.round(judge.concentration(r.lineage) * 5)]));
  const order = [...flagged].sort(
    (a, b) =>
      purity.get(b)! - purity.get(a)! ||
      a.lineage.flaggedAt - b.lineage.flaggedAt ||
      a.lineage.number - b.lineage.number,
  );
  const kept: Reported[] = [];
  const taken = new Set<number>();
  for (const reported of order) {
    const { lineage, members } = reported;
    const fresh = [...members].filter((account) => !taken.has(account));
    const same = kept.findIndex((other) => overlap(members, other.members) > 0.5);
    if (same >= 0) {
      const known = kept[same]!;
      kept[same] = { ...known, detected: Math.min(known.detected, lineage.flaggedAt) };
    }
    if (fresh.length === 0) continue;
    let own = members;
    if (fresh.length < members.size && judge.strengthWithout(lineage, taken) < STANDING_BITS) {
      const tied = tiedByFact(lineage);
      const joined = fresh.filter((account) => tied.has(account));
      if (2 * fresh.length > members.size || joined.length < LEAST_PARTIES) continue;
      own = new Set([...members].filter((account) => taken.has(account) || tied.has(account)));
    }
    kept.push({ ...reported, members: own });
    for (const account of own) taken.add(account);
  }
  return kept;
}

/** Accounts that a telling fact of their own ties to others of the group: an echo, a means, a dealt item. */
function tiedByFact({ findings }: Lineage): ReadonlySet<number> {
  const telling = findings.flatMap(({ axis, bits, ties }) =>
    axis === "coordination" && bits >= TELLING_BITS && ties !== undefined && !isGeneral(ties)
      ? [...ties.tied]
      : [],
  );
  return new Set(telling);
}

/** Members as far as the slice tells, without those who come by the group's kind of request among much else. */
function withoutBystanders(
  members: ReadonlySet<number>,
  lineage: Lineage,
  judge: Judge,
): ReadonlySet<number> {
  const all = [...lineage.accounts.values()].filter(({ account }) => members.has(account));
  const shareOfOwn = (a: SliceAccount): number => a.exchanges / Math.max(1, judge.sentSince(a));
  const least = BYSTANDER_SHARE * median(all.map((a) => a.exchanges));
  const leastShare = Math.max(LEAST_SHARE, BYSTANDER_RELATIVE * median(all.map(shareOfOwn)));
  const kept = all.filter((a) => shareOfOwn(a) >= leastShare && a.exchanges >= least);
  return new Set(kept.map(({ account }) => account));
}

/** Share of the accounts of one group that are in the other. */
function overlap(accounts: ReadonlySet<number>, other: ReadonlySet<number>): number {
  let common = 0;
  for (const account of accounts) if (other.has(account)) common += 1;
  return common / Math.max(1, accounts.size);
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

function describe(
  { lineage, said, detected }: Reported,
  rows: readonly MemberRow[],
  ids: ReadonlyMap<string, string>,
  flagged: ReadonlyMap<string, number>,
): Group {
  const members: Member[] = [];
  const sums = { exchanges: 0, before: 0, input: 0, output: 0, first: Infinity, last: 0 };
  const least = BYSTANDER_SHARE * median(rows.map((row) => Number(row.carrying)));
  const leastShare = Math.max(LEAST_SHARE, BYSTANDER_RELATIVE * median(rows.map(shareOf)));
  for (const row of rows) {
    const total = Number(row.exchanges);
    const share = shareOf(row);
    if (share < leastShare || Number(row.carrying) < least) continue;
    const operated = share >= OPERATED_SHARE;
    // An account that works for several flagged groups is judged by what it does for all of them.
    const ofFlagged = Math.max(share, (flagged.get(row.name) ?? 0) / Math.max(1, total));
    members.push({ account: row.name, role: roleOf(ofFlagged, total), share: round(share, 3) });
    sums.exchanges += Number(operated ? row.exchanges : row.carrying);
    sums.before += Number(operated ? row.exchanges_before : row.carrying_before);
    sums.input += Number(operated ? row.all_input : row.carrying_input);
    sums.output += Number(operated ? row.all_output : row.carrying_output);
    sums.first = Math.min(sums.first, row.first);
    sums.last = Math.max(sums.last, row.last);
  }
  const name = `g${lineage.number + 1}`;
  return {
    id: name,
    assessment: said.assessment,
    reason: said.reason,
    accounts: members.map((m) => m.account),
    exchanges: sums.exchanges,
    input_tokens: sums.input,
    output_tokens: sums.output,
    first_seen: timeOf(sums.first === Infinity ? 0 : sums.first),
    last_seen: timeOf(sums.last),
    detected_at: detected === 0 ? null : timeOf(detected),
    exchanges_before_alert: sums.before,
    coordination_bits: round(lineage.coordinationBits ?? 0, 2),
    harvest_bits: round(lineage.harvestBits ?? 0, 2),
    q_value: Number(lineage.qValue.toPrecision(3)),
    lineage: name,
    members,
    evidence: evidenceOf(lineage, ids),
    capabilities: capabilitiesOf(lineage),
    techniques: said.assessment === "campaign" ? techniquesOf(lineage) : [],
  };
}

function shareOf(row: MemberRow): number {
  return Number(row.exchanges) === 0 ? 0 : Number(row.carrying) / Number(row.exchanges);
}

function roleOf(share: number, exchanges: number): Role {
  if (exchanges < 2) return "uncertain";
  return share >= OPERATED_SHARE ? "operated" : "mixed";
}

function evidenceOf(lineage: Lineage, ids: ReadonlyMap<string, string>): Evidence[] {
  return lineage.findings
    .filter((finding) => finding.sentence !== "" || finding.foundGroup)
    .map((finding) => ({
      signal: finding.signal,
      axis: finding.axis,
      channel: finding.channel,
      bits: round(finding.bits, 2),
      found_group: finding.foundGroup,
      sentence:
        finding.sentence === ""
          ? "This trait gathered the group and so says nothing about it."
          : finding.sentence,
      value: round(finding.value, 4),
      reference: finding.reference,
      examples: finding.examples.flatMap((hash) => ids.get(String(hash)) ?? []),
    }))
    .sort((a, b) => (a.axis < b.axis ? -1 : a.axis > b.axis ? 1 : b.bits - a.bits));
}

/** ATLAS techniques that the evidence speaks of. */
function techniquesOf(lineage: Lineage): string[] {
  const strong = new Set(
    lineage.findings.filter((f) => f.bits >= 4 || f.foundGroup).map((f) => f.signal),
  );
  const techniques = ["AML.T0024.002", "AML.T0040"];
  if (strong.has("payment")) techniques.push("AML.T0021");
  if (strong.has("template") || strong.has("elicitation")) techniques.push("AML.T0065");
  return techniques.sort();
}

async function exampleIds(
  warehouse: Warehouse,
  said: readonly Reported[],
): Promise<Map<string, string>> {
  const hashes = new Set(
    said.flatMap(({ lineage }) => lineage.findings.flatMap((f) => f.examples.map(String))),
  );
  if (hashes.size === 0) return new Map();
  const rows = await warehouse.rows(idsByHash, { hashes: [...hashes] });
  return new Map(rows.map((row) => [row.id_hash, row.id]));
}

function detailOf(
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

function groupBy<R extends { readonly group_no: number }>(rows: readonly R[]): Map<number, R[]> {
  const groups = new Map<number, R[]>();
  for (const row of rows) {
    const list = groups.get(row.group_no);
    if (list === undefined) groups.set(row.group_no, [row]);
    else list.push(row);
  }
  return groups;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function timeOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}

function round(value: number, digits: number): number {
  return Math.round(value * 10 ** digits) / 10 ** digits;
}
