import type { Agreement } from "../core/agreement.ts";
import { counted, grouped } from "../core/counted.ts";
import type { Warehouse } from "../warehouse/open-warehouse.ts";
import { agreementUse } from "../warehouse/statements.gen.ts";
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

/**
 * The agreement that every account of a group names. It covers their use where it names every account (by itself or by the
 * organization) and all use lies in its term, on its models, within its budget. Undefined where they name none together.
 */
export async function namedAgreement(
  lineage: Lineage,
  input: {
    readonly warehouse: Warehouse;
    readonly roster: Roster;
    readonly agreements: readonly Agreement[];
  },
): Promise<NamedAgreement | undefined> {
  const { warehouse, roster, agreements } = input;
  const accounts = [...lineage.accounts.keys()];
  const named = new Set(accounts.map((account) => roster.facts(account)?.agreement ?? ""));
  const [id = ""] = named;
  if (named.size !== 1 || id === "" || agreements.length === 0) return undefined;
  const agreement = agreements.find((known) => known.id === id);
  const gap = (why: string): NamedAgreement => ({
    id,
    agreement,
    gap: why === "" ? "" : `Agreement ${id} does not cover this: ${why}.`,
  });
  if (agreement === undefined) return gap("there is none of that id");
  const strangers = accounts.filter((account) => !isParty(agreement, roster, account));
  if (strangers.length > 0)
    return gap(`it does not name ${counted(strangers.length, "account")} of this group`);
  const hashes = accounts.map((account) => String(roster.hashes[account] ?? 0n));
  return gap(gapOf(agreement, await warehouse.rows(agreementUse, { hashes })));
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

/** What of the use an agreement doesn't cover; empty where that is nothing. */
function gapOf(agreement: Agreement, use: readonly Use[]): string {
  const { models, budget, from, until } = agreement;
  const [begins, ends] = [Date.parse(from) / 1000, Date.parse(until) / 1000];
  const sum = (of: (row: Use) => string): number =>
    use.reduce((total, row) => total + Number(of(row)), 0);
  const exchanges = sum((row) => row.exchanges);
  const tokens = sum((row) => row.tokens);
  const others = use.filter(({ model }) => models.length > 0 && !models.includes(model));
  const over = (used: number, most: number | undefined, what: string): string[] =>
    used <= (most ?? Infinity)
      ? []
      : [`${grouped(used)} ${what} of ${grouped(most ?? 0)} are used`];
  return [
    ...(use.some(({ first }) => first < begins) ? [`it begins on ${from.slice(0, 10)}`] : []),
    ...(use.some(({ last }) => last >= ends) ? [`it ended on ${until.slice(0, 10)}`] : []),
    ...(others.length === 0
      ? []
      : [`it does not name ${others.map(({ model }) => model).join(", ")}`]),
    ...over(exchanges, budget?.exchanges, "exchanges"),
    ...over(tokens, budget?.output_tokens, "output tokens"),
  ].join("; ");
}
