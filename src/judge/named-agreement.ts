import type { Agreement, AgreementBudget } from "../core/agreement.ts";
import { counted, grouped } from "../core/counted.ts";
import type { Warehouse } from "../warehouse/open-warehouse.ts";
import { agreementUse } from "../warehouse/statements.gen.ts";
import { isExplicable } from "./assess.ts";
import type { Lineage } from "./lineage.ts";
import type { Roster } from "./roster.ts";

/** The agreement that a group's accounts name, and whether it covers their use. */
export interface NamedAgreement {
  readonly id: string;
  /** Undefined where it is not known. */
  readonly agreement: Agreement | undefined;
  /** Why it doesn't cover the use, as a sentence; empty where it does. */
  readonly gap: string;
}

/** What agreements are consulted with. */
export interface AgreementsInput {
  readonly warehouse: Warehouse;
  readonly roster: Roster;
  readonly agreements: readonly Agreement[];
}

/**
 * The agreement that every account of a group names, by group. It covers their use where it names every account (by itself
 * or by the organization), all use lies in its term and on its models, and what all groups used together that it explains
 * lies within its budget. Groups whose accounts name none together are left out.
 */
export async function namedAgreements(
  lineages: readonly Lineage[],
  input: AgreementsInput,
): Promise<ReadonlyMap<Lineage, NamedAgreement>> {
  const { warehouse, agreements } = input;
  const named = new Map<Lineage, Named>();
  if (agreements.length === 0) return named;
  for (const lineage of lineages) {
    const one = await nameOne(lineage, input);
    if (one !== undefined) named.set(lineage, one);
  }
  const explained = [...named].filter(([lineage, { gap }]) => gap === "" && isExplicable(lineage));
  for (const [, group] of Map.groupBy(explained, ([, { id }]) => id)) {
    const hashes = [...new Set(group.flatMap(([, one]) => one.hashes))];
    const all = await warehouse.rows(agreementUse, { hashes });
    for (const [lineage, one] of group) {
      const others = hashes.length > one.hashes.length ? ", those of other groups included" : "";
      const gap = sentence(one.id, excessOf(one.agreement?.budget, all, others));
      named.set(lineage, { ...one, gap });
    }
  }
  return named;
}

interface Named extends NamedAgreement {
  readonly hashes: readonly string[];
}

/** The agreement that a group names, without its budget. */
async function nameOne(
  lineage: Lineage,
  { warehouse, roster, agreements }: AgreementsInput,
): Promise<Named | undefined> {
  const accounts = [...lineage.accounts.keys()];
  const names = new Set(accounts.map((account) => roster.facts(account)?.agreement ?? ""));
  const [id = ""] = names;
  if (names.size !== 1 || id === "") return undefined;
  const agreement = agreements.find((known) => known.id === id);
  const hashes = accounts.map((account) => String(roster.hashes[account] ?? 0n));
  const said = (why: string): Named => ({ id, agreement, gap: sentence(id, why), hashes });
  if (agreement === undefined) return said("there is none of that id");
  const strangers = accounts.filter((account) => !isParty(agreement, roster, account));
  if (strangers.length > 0)
    return said(`it does not name ${counted(strangers.length, "account")} of this group`);
  return said(outsideOf(agreement, await warehouse.rows(agreementUse, { hashes })));
}

function sentence(id: string, why: string): string {
  return why === "" ? "" : `Agreement ${id} does not cover this: ${why}.`;
}

function isParty(agreement: Agreement, roster: Roster, account: number): boolean {
  const facts = roster.facts(account);
  return (
    agreement.accounts.includes(facts?.account ?? "") ||
    agreement.organizations.includes(facts?.organizationName ?? "")
  );
}

interface Use {
  readonly model: string;
  readonly exchanges: string;
  readonly tokens: string;
  readonly first: number;
  readonly last: number;
}

/** What of the use lies outside of an agreement's term and models; empty where that is nothing. */
function outsideOf({ models, from, until }: Agreement, use: readonly Use[]): string {
  const [begins, ends] = [Date.parse(from) / 1000, Date.parse(until) / 1000];
  const others = use.filter(({ model }) => models.length > 0 && !models.includes(model));
  return [
    ...(use.some(({ first }) => first < begins) ? [`it begins on ${from.slice(0, 10)}`] : []),
    ...(use.some(({ last }) => last >= ends) ? [`it ended on ${until.slice(0, 10)}`] : []),
    ...(others.length === 0
      ? []
      : [`it does not name ${others.map(({ model }) => model).join(", ")}`]),
  ].join("; ");
}

/** How far use is beyond a budget, and what more is to be said of it; empty where it is within. */
function excessOf(budget: AgreementBudget = {}, use: readonly Use[], more: string): string {
  const over = (of: "exchanges" | "tokens", most: number = Infinity, what: string): string[] => {
    const used = use.reduce((total, row) => total + Number(row[of]), 0);
    return used <= most ? [] : [`${grouped(used)} ${what} of ${grouped(most)} are used${more}`];
  };
  return [
    ...over("exchanges", budget.exchanges, "exchanges"),
    ...over("tokens", budget.output_tokens, "output tokens"),
  ].join("; ");
}
