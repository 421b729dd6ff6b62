import type { Evidence, Group, KnownGroup, Member, Role } from "../../core/assessment.ts";
import type { PriceList } from "../../core/price-list.ts";
import type { RowOf } from "../../warehouse/statement.ts";
import type { groupHours } from "../../warehouse/statements.gen.ts";
import type { Lineage } from "../lineage.ts";
import { membersOf } from "../members-of.ts";
import { capabilitiesOf } from "./capabilities-of.ts";
import type { Reported } from "./choose-groups.ts";
import { examplesOf } from "./examples-of.ts";
import { withDescriptions } from "./group-descriptions.ts";
import type { Replays } from "./group-replays.ts";
import { historyOf } from "./history-of.ts";
import { indicatorsOf } from "./indicators-of.ts";
import { groupId, type Operation } from "./join-operations.ts";
import { exchangesOf, type GroupTraffic, type MemberRow } from "./member-traffic.ts";
import { moneyOf } from "./money-of.ts";
import { operatorsOf } from "./operators-of.ts";
import { OPERATED_SHARE, type Origins, roleOf } from "./role-of.ts";
import { similarTo } from "./similar-to.ts";
import { techniquesOf } from "./techniques-of.ts";
import { timeOf } from "./time-of.ts";

/** What is known of a reported group. Accounts by decimal hash, times in seconds. */
export interface DescribeGroupInput {
  readonly reported: Reported;
  readonly traffic: GroupTraffic;
  readonly operation: Operation;
  readonly origins: ReadonlyMap<string, Origins>;
  readonly numbers: ReadonlyMap<string, number>;
  readonly suspended: ReadonlyMap<string, number>;
  readonly hours: readonly RowOf<typeof groupHours>[];
  /** Hashes of the keys of its rules. */
  readonly keys: ReadonlySet<bigint>;
  /** Ids of example exchanges by their decimal hash. */
  readonly ids: ReadonlyMap<string, string>;
  /** What is told of it and not weighed. */
  readonly descriptions: readonly Evidence[];
  readonly replays: Replays | undefined;
  /** End of the traffic. */
  readonly until: number;
  readonly prices: PriceList | undefined;
  readonly known: readonly KnownGroup[];
}

/** Merges told of one group: the first ones. */
const MOST_MERGED = 20;

/** What is said of a reported group. */
export function describeGroup(input: DescribeGroupInput): Group {
  const { reported, traffic, operation, ids, prices, known } = input;
  const { lineage, said, agreement, detected } = reported;
  const members = rolesOf(input);
  // All of an operated account's exchanges are the group's, a member's of another role only what serves it.
  const rows = traffic.members.flatMap((account, i) =>
    isOwn(members[i]!) ? account.rows : attributed(account.rows, members[i]!.role, traffic),
  );
  const sum = (of: (row: (typeof rows)[number]) => string): number =>
    rows.reduce((total, row) => total + Number(of(row)), 0);
  const least = (of: (row: (typeof rows)[number]) => number): number =>
    rows.reduce((first, row) => Math.min(first, of(row)), Infinity);
  const accounts = traffic.members.flatMap(({ hash }) => {
    const account = lineage.accounts.get(input.numbers.get(hash) ?? -1);
    return account === undefined ? [] : [account];
  });
  const id = groupId(lineage);
  const origin = (lineage.follows ?? lineage).splitFrom;
  const evidence = withDescriptions(evidenceOf(lineage, ids), input.descriptions, input.replays);
  const described = {
    id,
    capabilities: capabilitiesOf(accounts),
    techniques: techniquesOf(said.assessment, evidence, members),
    indicators: indicatorsOf(input.keys, input.hours),
  };
  return {
    ...described,
    assessment: said.assessment,
    reason: said.reason,
    ...(agreement === undefined ? {} : { agreement }),
    accounts: members.map((m) => m.account),
    exchanges: sum((row) => row.exchanges),
    input_tokens: sum((row) => row.input_tokens),
    output_tokens: sum((row) => row.output_tokens),
    cached_tokens: sum((row) => row.cached_tokens),
    money: moneyOf(rows, prices),
    first_seen: timeOf(rows.length === 0 ? 0 : least((row) => row.first)),
    last_seen: timeOf(rows.length === 0 ? 0 : -least((row) => -row.last)),
    detected_at: detected === 0 ? null : timeOf(detected),
    exchanges_before_alert: sum((row) => row.exchanges_before),
    coordination_bits: round(lineage.coordinationBits ?? 0, 2),
    harvest_bits: round(lineage.harvestBits ?? 0, 2),
    q_value: Number(lineage.qValue.toPrecision(3)),
    lineage: id,
    history: historyOf({
      ...input,
      members: traffic.members,
      flaggedAt: detected,
      merged: reported.merged.slice(0, MOST_MERGED).map((merged) => ({
        id: groupId(merged.lineage),
        at: merged.at,
        accounts: merged.lineage.accounts.size,
      })),
      splitFrom: origin && { id: groupId(origin), at: origin.at },
    }),
    ...operation,
    members,
    operators: operatorsOf(id, traffic),
    evidence,
    similar: similarTo(described, known),
  };
}

/** The members with their roles. An account that works for several flagged groups is judged by what it does for all of them. */
function rolesOf({ reported, traffic, origins, numbers }: DescribeGroupInput): Member[] {
  const { lineage, said } = reported;
  const relay = said.assessment === "relay";
  const tied = relay ? membersOf(lineage) : new Set<number>();
  return traffic.members.map((account) => {
    const own = origins.get(account.hash);
    const share = account.served / account.exchanges;
    const ofAll = Math.max(share, Number(own?.served ?? 0) / account.exchanges);
    const role = roleOf({
      exchanges: account.exchanges,
      share: ofAll,
      origins: own,
      operated: relay || said.assessment === "campaign",
      untied: relay && !tied.has(numbers.get(account.hash) ?? -1),
    });
    const exchanges = exchangesOf(attributed(account.rows, role, traffic));
    return {
      account: account.name,
      role,
      share: round(exchanges / account.exchanges, 3),
      exchanges,
    };
  });
}

/** The exchanges of an account that are the group's work. */
function attributed(
  rows: readonly MemberRow[],
  role: Role,
  { serving, foreign }: GroupTraffic,
): readonly MemberRow[] {
  const bits = role === "compromised" ? foreign : serving;
  return rows.filter(({ rules }) => (rules & bits) !== 0);
}

/** True where everything that an account sends is the group's. */
function isOwn({ role, share }: Member): boolean {
  return role !== "compromised" && share >= OPERATED_SHARE;
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
      describes: finding.describes === true,
      sentence:
        finding.sentence === ""
          ? "This trait gathered the group and so says nothing about it."
          : finding.sentence,
      value: round(finding.value, 4),
      reference: finding.reference,
      examples: examplesOf(lineage, finding).flatMap((hash) => ids.get(String(hash)) ?? []),
    }))
    .sort((a, b) => (a.axis < b.axis ? -1 : a.axis > b.axis ? 1 : b.bits - a.bits));
}

function round(value: number, digits: number): number {
  return Math.round(value * 10 ** digits) / 10 ** digits;
}
