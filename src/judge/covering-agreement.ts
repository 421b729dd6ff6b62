import type { Agreement } from "../core/agreement.ts";
import type { Warehouse } from "../warehouse/open-warehouse.ts";
import { agreementUse } from "../warehouse/statements.gen.ts";
import type { Lineage } from "./lineage.ts";
import type { Roster } from "./roster.ts";

/**
 * The agreement under which a group's use stands: every account names it, it names every account (by itself or by the
 * organization) where it names any, all use lies in its term, on its models, within its budget. Undefined where there is none.
 */
export async function coveringAgreement(
  lineage: Lineage,
  input: {
    readonly warehouse: Warehouse;
    readonly roster: Roster;
    readonly agreements: readonly Agreement[];
  },
): Promise<Agreement | undefined> {
  const { warehouse, roster, agreements } = input;
  const accounts = [...lineage.accounts.keys()];
  const named = new Set(accounts.map((account) => roster.facts(account)?.agreement ?? ""));
  const [id] = named;
  const agreement = named.size === 1 ? agreements.find((known) => known.id === id) : undefined;
  if (agreement === undefined) return undefined;
  const covered = accounts.every((account) => isParty(agreement, roster, account));
  if (!covered) return undefined;
  const hashes = accounts.map((account) => String(roster.hashes[account] ?? 0n));
  const use = await warehouse.rows(agreementUse, { hashes });
  return isWithin(agreement, use) ? agreement : undefined;
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

function isWithin(agreement: Agreement, use: readonly Use[]): boolean {
  const from = Date.parse(agreement.from) / 1000;
  const until = Date.parse(agreement.until) / 1000;
  const sum = (of: (row: Use) => string): number =>
    use.reduce((total, row) => total + Number(of(row)), 0);
  const { models, budget } = agreement;
  return (
    use.every((row) => row.first >= from && row.last < until) &&
    (models.length === 0 || use.every((row) => models.includes(row.model))) &&
    sum((row) => row.exchanges) <= (budget?.exchanges ?? Infinity) &&
    sum((row) => row.tokens) <= (budget?.output_tokens ?? Infinity)
  );
}
