import type { Evidence, Group, Member, Role } from "../../core/assessment.ts";
import type { RowOf } from "../../warehouse/statement.ts";
import type { memberExchanges } from "../../warehouse/statements.gen.ts";
import type { Lineage } from "../lineage.ts";
import { leastSent, leastShareOf } from "./bystanders.ts";
import { capabilitiesOf } from "./capabilities-of.ts";
import type { Reported } from "./choose-groups.ts";
import { examplesOf } from "./examples-of.ts";
import { techniquesOf } from "./techniques-of.ts";
import { timeOf } from "./time-of.ts";

/** What a member of a reported group sent, and how much of it carries the group's keys. */
export type MemberRow = RowOf<typeof memberExchanges>;

/** An account whose traffic is mostly the group's is operated. */
const OPERATED_SHARE = 0.5;

/** What is said of a reported group. `flagged`: by account name, exchanges that carry the keys of any flagged group. */
export function describeGroup(
  { lineage, said, detected }: Reported,
  rows: readonly MemberRow[],
  ids: ReadonlyMap<string, string>,
  flagged: ReadonlyMap<string, number>,
): Group {
  const members: Member[] = [];
  const sums = { exchanges: 0, before: 0, input: 0, output: 0, first: Infinity, last: 0 };
  const least = leastSent(rows.map((row) => Number(row.carrying)));
  const leastShare = leastShareOf(rows.map(shareOf));
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
  const name = `g${(lineage.follows ?? lineage).number + 1}`;
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
