import Table from "cli-table3";
import type { BudgetStanding } from "../core/agreement-standing.ts";
import type { AgreementReport } from "../ledger/agreement-reports.ts";
import type { RegisteredAgreement } from "../ledger/agreements.ts";
import { printable } from "../report/printable.ts";
import { counted, day, grouped, minute, percent } from "../report/wording.ts";

const UNITS = { exchanges: "exchanges", output_tokens: "output tokens" } as const;

/** `stillwatch agreement list` as a table. */
export function agreementTable(reports: readonly AgreementReport[], now: Date): string {
  if (reports.length === 0) return "No agreement.\n";
  const head = ["agreement", "customer", "state", "until", "used"];
  const table = new Table({ head, style: { head: [], border: [], compact: true } });
  for (const report of reports) {
    const { agreement, use } = report;
    const share = Math.max(0, ...(use?.budget.map((one) => one.share) ?? []));
    const used = use === null ? "–" : use.budget.length === 0 ? "no budget" : percent(share);
    const names = [printable(agreement.id), printable(agreement.customer)];
    table.push([...names, stateOf(report, now), day(agreement.until), used]);
  }
  return `${table.toString()}\n`;
}

/** `stillwatch agreement show`: terms, use against them, versions. */
export function agreementStory(
  report: AgreementReport,
  versions: readonly RegisteredAgreement[],
  now: Date,
): string {
  const { agreement, version } = report;
  const { id, customer, organizations, accounts, models, purpose, from, until } = agreement;
  const { document, document_sha256: sha256 } = agreement;
  const list = (names: readonly string[], none: string): string =>
    names.length === 0 ? none : names.map(printable).join(", ");
  const lines = [
    `Agreement ${printable(id)} with ${printable(customer)}: ${stateOf(report, now)}, version ${version}.`,
    `Purpose: ${printable(purpose)}. From ${minute(from)} until ${minute(until)}.`,
    `Models: ${list(models, "all")}. Organizations: ${list(organizations, "none")}. Accounts: ${list(accounts, "none")}.`,
    ...(document === undefined ? [] : [`Document: ${printable(document)}`]),
    ...(sha256 === undefined ? [] : [`SHA-256: ${sha256}`]),
    "",
    ...useLines(report),
    "",
    "Versions",
    ...versions.map(
      ({ version: number, ended, recorded, recordedBy }) =>
        `  ${number}  ${ended === null ? "registered" : "ended"} ${minute(recorded)} by ${printable(recordedBy)}`,
    ),
  ];
  return `${lines.join("\n")}\n`;
}

/** What is used of an agreement, a line each: against its budget, and what it doesn't cover. */
export function useLines({ agreement, use }: AgreementReport): readonly string[] {
  if (use === null) return ["Nothing is measured yet: a scan of the folder or a server does."];
  const { exchanges, output_tokens, parties, unnamed, outside_term, outside_models } = use;
  const named = agreement.models.length === 0 ? "" : " on its models";
  return [
    `Used until ${minute(use.until)}${named}: ${counted(exchanges, "exchange")}, ${counted(output_tokens, "output token")}, by ${counted(parties, "account")}.`,
    ...use.budget.map(budgetLine),
    ...outside(outside_term, "outside its term"),
    ...outside(outside_models, "on models that it does not name"),
    ...(unnamed === 0
      ? []
      : [`Not covered: ${counted(unnamed, "account")} whose own lines do not name it.`]),
  ];
}

function budgetLine({ of, used, budget, share, used_up }: BudgetStanding): string {
  const over = used > budget ? `; over by ${grouped(used - budget)}, which is not covered` : "";
  const ahead = used_up === null ? "" : `; used up about ${day(used_up)} at this pace`;
  return `Budget: ${grouped(used)} of ${grouped(budget)} ${UNITS[of]}, ${percent(share)}${over}${ahead}.`;
}

function outside(exchanges: number, where: string): readonly string[] {
  return exchanges === 0 ? [] : [`Not covered: ${counted(exchanges, "exchange")} ${where}.`];
}

function stateOf({ agreement: { from, until }, ended }: RegisteredAgreement, now: Date): string {
  const at = now.toISOString();
  if (ended !== null) return `ended ${day(ended)}`;
  if (until <= at) return "run out";
  return from > at ? "not begun" : "holds";
}
