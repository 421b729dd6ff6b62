import Table from "cli-table3";
import type { Directive } from "../../ledger/directives/read-directives.ts";
import type { RefusalRow } from "../../ledger/directives/tables.ts";
import { printable } from "../../report/printable.ts";
import { counted, grouped, minute } from "../../report/wording.ts";
import { wrapped } from "../../report/wrapped.ts";
import type { DryRun } from "../../response/directives/dry-run.ts";

const SHOWN = 20;

/** `stillwatch directive list` as a table. */
export function directiveTable(directives: readonly Directive[]): string {
  if (directives.length === 0) return "No directive.\n";
  const table = plainTable(["directive", "state", "class", "models", "unknown", "from", "until"]);
  for (const one of directives) {
    const { number, state, models, unknowns, begins, ends } = one;
    const named = printable(models.join(" "));
    table.push([
      `dir${number}`,
      state.replace("_", " "),
      one.class,
      named,
      unknowns,
      minute(begins ?? one.enforced),
      minute(ends),
    ]);
  }
  return `${table.toString()}\n`;
}

/** `stillwatch directive show`. */
export function directiveStory(directive: Directive, width: number): string {
  const { number, state, models, populations, unknowns, begins, ends, exemptions } = directive;
  const by = (time: string | null, who: string | null, what: string): string =>
    time === null ? "" : `${minute(time)}  ${printable(who ?? "")}  ${what}\n`;
  const passing = exemptions.map(
    ({ scope, name, person, until, reason }) =>
      `  ${person === "" ? "everybody" : printable(person)} of ${scope} ${printable(name)} until ${minute(until)}: ${printable(reason)}`,
  );
  return `Directive dir${number}: ${state.replace("_", " ")}.
Models: ${printable(models.join(", "))}. Class: ${directive.class}. Whom: ${populations.join(", ")}; unknown persons: ${unknowns}.
Window: ${begins === null ? "when it is put in force" : minute(begins)} to ${ends === null ? "when it is lifted" : minute(ends)}.

Words
${wrapped(printable(directive.words), width, "  ")}
What they can do
${wrapped(printable(directive.remedy), width, "  ")}

${passing.length === 0 ? "" : `Exempt\n${passing.join("\n")}\n\n`}${by(directive.drafted, directive.drafted_by, "drafted")}${by(directive.enforced, directive.enforced_by, "put in force")}${by(directive.lifted, directive.lifted_by, "lifted")}`;
}

/** Whom a directive turned away: in sum, and the first by how often. */
export function refusalText(rows: readonly RefusalRow[]): string {
  if (rows.length === 0) return "It turned nobody away.\n";
  const all = rows.reduce((sum, { count }) => sum + count, 0);
  const accounts = new Set(rows.map(({ account }) => account)).size;
  const persons = new Set(
    rows
      .filter(({ person }) => person !== "")
      .map((row) => JSON.stringify([row.account, row.person])),
  ).size;
  const table = plainTable(["day", "account", "person", "model", "why", "did", "times", "last"]);
  const most = rows.toSorted((a, b) => b.count - a.count);
  for (const { day, account, person, model, why, action, count, last } of most.slice(0, SHOWN)) {
    const named = [account, person, model].map((text) => (text === "" ? "–" : printable(text)));
    table.push([day, ...named, why, action, grouped(count), minute(last)]);
  }
  return `${counted(all, "refusal")} of ${counted(persons, "named person")} and ${counted(accounts, "account")}.
${table.toString()}
${rest(rows.length)}`;
}

/** `stillwatch directive dry-run`. */
export function dryRunText({ directive, from, to, days, models, loses, keep }: DryRun): string {
  if (from === null) return "There is no traffic to go by.\n";
  const a = (exchanges: number): string => grouped(Math.round(exchanges / Math.max(1, days)));
  const named = plainTable(["model", "covered", "exchanges a day"]);
  for (const { model, covered, exchanges } of models)
    named.push([printable(model), covered ? "yes" : "", a(exchanges)]);
  const table = plainTable(["account", "organization", "who", "person", "why", "does", "a day"]);
  for (const one of loses.slice(0, SHOWN)) {
    const { account, organization, population, person, persons, why, action, exchanges } = one;
    const whom = person === null ? `${grouped(persons)} not attested` : printable(person);
    const whose = organization === null ? "–" : printable(organization);
    table.push([printable(account), whose, population, whom, why, action, a(exchanges)]);
  }
  return `${directive} as it stands, by the traffic of ${from} to ${to} (${counted(days, "day")}).
${named.toString()}

${lossLine(loses, "deny", days)}
${lossLine(loses, "verify", days)}
Exchanges a day that go on: ${a(keep.not_in)} of persons not of the class, ${a(keep.unknown)} of unknown persons, ${a(keep.exempt)} exempt, ${a(keep.outside)} of others than it binds.

${loses.length === 0 ? "" : `${table.toString()}\n${rest(loses.length)}`}`;
}

function lossLine(loses: DryRun["loses"], action: "deny" | "verify", days: number): string {
  const these = loses.filter((one) => one.action === action);
  const accounts = new Set(these.map(({ account }) => account)).size;
  const organizations = new Set(these.flatMap(({ organization }) => organization ?? [])).size;
  const attested = these.filter(({ person }) => person !== null).length;
  const unknown = these.reduce(
    (sum, { person, persons }) => sum + (person === null ? persons : 0),
    0,
  );
  const exchanges = these.reduce((sum, one) => sum + one.exchanges, 0);
  const what = action === "deny" ? "Would be denied" : "Would have to verify";
  return `${what}: ${counted(attested, "attested person")} and ${grouped(unknown)} not attested, in ${counted(accounts, "account")} of ${counted(organizations, "named organization")}; ${grouped(Math.round(exchanges / Math.max(1, days)))} exchanges a day.`;
}

function rest(rows: number): string {
  return rows > SHOWN ? `and ${grouped(rows - SHOWN)} more; --json has all\n` : "";
}

function plainTable(head: readonly string[]): Table.Table {
  return new Table({ head: [...head], style: { head: [], border: [], compact: true } });
}
