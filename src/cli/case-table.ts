import Table from "cli-table3";
import type { Group } from "../core/assessment.ts";
import type { AgreementReport } from "../ledger/agreement-reports.ts";
import type { Acknowledged } from "../ledger/acknowledgements.ts";
import type { EvidenceEntry } from "../ledger/preserve-evidence.ts";
import type { OutboxStatus } from "../ledger/outbox-status.ts";
import type { CaseFile, CaseSummary } from "../ledger/read-cases.ts";
import type { AuditRow, CaseMemberRow, DecisionRow, ProposalRow } from "../ledger/tables.ts";
import { printable } from "../report/printable.ts";
import { bits, counted, grouped, minute, percent } from "../report/wording.ts";
import { wrapped } from "../report/wrapped.ts";
import { useLines } from "./agreement-table.ts";
import { outboxTable } from "./outbox-table.ts";

const MEMBERS_SHOWN = 20;
const CITED_SHOWN = 10;

/** `stillwatch case list` as a table, the newest case first. */
export function caseTable(cases: readonly CaseSummary[]): string {
  if (cases.length === 0) return "No case.\n";
  const table = plainTable([
    "case",
    "state",
    "assessment",
    "accounts",
    "exchanges",
    "bits",
    "opened",
  ]);
  for (const one of cases) {
    const { number, assessment, accounts, exchanges, opened } = one;
    const counts = [grouped(accounts), grouped(exchanges), bits(one.bits)];
    table.push([`c${number}`, stateOf(one), assessment, ...counts, minute(opened)]);
  }
  return `${table.toString()}\n`;
}

/** Steps that one person took breaking glass, and that nobody else has looked at yet; a line each. */
export function unseenText(proposals: readonly ProposalRow[]): string {
  return proposals
    .map(
      ({ number, case_number, step, proposed, proposed_by }) =>
        `${printable(proposed_by)} broke glass in c${case_number} (${step}, ${minute(proposed)}); somebody else has to look at it: stillwatch case approve p${number}\n`,
    )
    .join("");
}

/** `stillwatch case show`: what was flagged, on what evidence, whom it is about, and what was done. */
export function caseStory(
  file: CaseFile & {
    readonly evidence: readonly EvidenceEntry[];
    /** That its accounts name. */
    readonly agreement?: AgreementReport | undefined;
    readonly acknowledged: Readonly<Record<number, Acknowledged>>;
    /** Those of its steps. */
    readonly commands: OutboxStatus;
  },
  width: number,
): string {
  const parts = [
    headOf(file),
    agreementOf(file, width),
    evidenceOf(file, width),
    membersOf(file.members),
    preservedOf(file.evidence),
    proposalsOf(file.proposals),
    stepsOf(file.decisions, file.acknowledged),
    commandsOf(file.commands),
    historyOf(file.history, width),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function headOf({ case: one, group }: CaseFile): string {
  const { number, assessment, opened, updated, accounts, exchanges } = one;
  const closed = one.closed === null ? "" : `, closed ${minute(one.closed)}`;
  const explained = one.explained_as === null ? "" : `\nExplained as ${one.explained_as}.`;
  const back = one.reopen_bits === null ? "" : ` It comes back at ${bits(one.reopen_bits)} bits.`;
  const seen =
    group === undefined
      ? "\nIts group and accounts are forgotten."
      : `\nSeen ${minute(group.first_seen)} to ${minute(group.last_seen)}, flagged ${minute(group.detected_at)}.`;
  return `Case c${number}: ${stateOf(one)}, ${assessment}. Opened ${minute(opened)}, updated ${minute(updated)}${closed}.
${counted(accounts, "account")}, ${counted(exchanges, "exchange")}, ${bits(one.bits)} bits on the weaker axis.${seen}${explained}${back}`;
}

/** What the judge says of the agreement that the accounts name, and what is used of it. */
function agreementOf(
  {
    group,
    agreement,
  }: { readonly group: Group | undefined; readonly agreement?: AgreementReport | undefined },
  width: number,
): string {
  const said = group?.reason ? [group.reason] : [];
  const use = agreement === undefined ? [] : useLines(agreement);
  const lines = [...said, ...use].map((line) => wrapped(printable(line), width, "  "));
  const title = group?.agreement === undefined ? "" : `Agreement ${printable(group.agreement)}\n`;
  return title === "" || lines.length === 0 ? "" : `${title}${lines.join("\n")}`;
}

function stateOf({ state, held, forgotten }: CaseSummary): string {
  const holds = held === null ? "" : " (held)";
  return `${forgotten === null ? state : "forgotten"}${holds}`;
}

function evidenceOf({ group }: CaseFile, width: number): string {
  if (group === undefined) return "";
  const lines = group.evidence.map(
    ({ signal, axis, bits: weight, found_group, describes, sentence }) => {
      const weighs = found_group ? "gathered it" : describes ? "told" : `${bits(weight)} bits`;
      return wrapped(`${signal} (${axis}, ${weighs}): ${printable(sentence)}`, width, "  ");
    },
  );
  return lines.length === 0 ? "" : `Evidence\n${lines.join("\n")}`;
}

function membersOf(members: readonly CaseMemberRow[]): string {
  if (members.length === 0) return "";
  const table = plainTable(["account", "role", "share", "exchanges", "member"]);
  for (const { account, role, share, exchanges, left_at } of members.slice(0, MEMBERS_SHOWN)) {
    const is = left_at === null ? "now" : `until ${minute(left_at)}`;
    table.push([printable(account), role, percent(share), grouped(exchanges), is]);
  }
  const more = members.length - MEMBERS_SHOWN;
  return `${table.toString()}${more > 0 ? `\n  and ${counted(more, "account")} more; --json has all` : ""}`;
}

function preservedOf(evidence: readonly EvidenceEntry[]): string {
  if (evidence.length === 0) return "";
  const cited = evidence.filter((one) => one.cited).map(({ exchange }) => printable(exchange));
  const erased = evidence.filter(({ readable }) => !readable).length;
  const gone = erased === 0 ? "" : `, ${grouped(erased)} erased since`;
  const named = cited.slice(0, CITED_SHOWN).join(", ");
  const more =
    cited.length > CITED_SHOWN ? `, and ${grouped(cited.length - CITED_SHOWN)} more` : "";
  return `Preserved: ${counted(evidence.length, "exchange")}${gone}. Cited: ${named === "" ? "none" : named}${more}.`;
}

function proposalsOf(proposals: readonly ProposalRow[]): string {
  const lines = proposals.map((one) => {
    const { number, step, ends, proposed_by, proposed, lapses, approved, approved_by } = one;
    const whom = counted((JSON.parse(one.accounts) as readonly string[]).length, "account");
    const glass = one.broke_glass === 1;
    const open = glass
      ? "nobody else has looked at it yet"
      : `to be approved until ${minute(lapses)}`;
    const said = approved === null ? open : `${glass ? "looked at" : "approved"} by ${approved_by}`;
    const as = one.decision === null ? "" : ` (d${one.decision})`;
    const how = glass ? "broke glass" : "proposed";
    return `  p${number}${as}  ${step} for ${whom} until ${minute(ends)}; ${how} by ${printable(proposed_by)}, ${minute(proposed)}; ${printable(said)}`;
  });
  return lines.length === 0 ? "" : `Proposals\n${lines.join("\n")}`;
}

function stepsOf(
  decisions: readonly DecisionRow[],
  acknowledged: Readonly<Record<number, Acknowledged>>,
): string {
  const steps = Map.groupBy(decisions, ({ number }) => number);
  const lines = [...steps].map(([number, rows]) => {
    const { step, reason_code, made, made_by, expires } = rows[0]!;
    const lifted = rows.filter((row) => row.lifted !== null).length;
    const back = lifted === 0 ? "" : `, lifted for ${grouped(lifted)}`;
    return `  d${number}  ${step} for ${counted(rows.length, "account")}${back}, ${reason_code}, until ${minute(expires)}; ${printable(made_by)}, ${minute(made)}${acknowledgedText(acknowledged[number])}`;
  });
  return lines.length === 0 ? "" : `Steps\n${lines.join("\n")}`;
}

/** What the account service, or who got a referral, was asked, and what became of it. */
function commandsOf(status: OutboxStatus): string {
  return status.asked === 0 ? "" : `Commands\n${outboxTable(status, "  ").trimEnd()}`;
}

/** How many gateways know of a step as it is now, and since when; empty where nothing is known of any. */
export function acknowledgedText(said: Acknowledged | undefined): string {
  if (said === undefined || said.gateways === 0) return "";
  const after = said.seconds === null ? "" : ` after ${said.seconds.toFixed(1)} s`;
  const out =
    said.missing.length === 0 ? "" : `; not yet by ${said.missing.map(printable).join(", ")}`;
  return `, acknowledged by ${said.acknowledged} of ${counted(said.gateways, "gateway")}${after}${out}`;
}

function historyOf(history: readonly AuditRow[], width: number): string {
  const lines = history.map(({ sequence, time, actor, action, details }) => {
    const { reason } = JSON.parse(details) as { readonly reason?: string };
    const why = reason === undefined ? "" : `: ${printable(reason)}`;
    return wrapped(
      `${minute(time)}  ${printable(actor)}  ${action} (row ${sequence})${why}`,
      width,
      "  ",
    );
  });
  return `History\n${lines.join("\n")}`;
}

function plainTable(head: readonly string[]): Table.Table {
  return new Table({ head: [...head], style: { head: [], border: [], compact: true } });
}
