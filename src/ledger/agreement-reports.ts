import { type BudgetStanding, agreementStanding } from "../core/agreement-standing.ts";
import { type ModelPolicy, policiesFor } from "../core/distillation-policy.ts";
import { held, type RegisteredAgreement, readAgreements } from "./agreements.ts";
import type { Ledger } from "./open-ledger.ts";
import type { AgreementDayRow } from "./tables.ts";

/** An agreement with what is used of it. */
export interface AgreementReport extends RegisteredAgreement {
  /** Null until it was measured. */
  readonly use: {
    /** The newest exchange of all traffic when it was measured. */
    readonly until: string;
    /** Of its parties, those that sent something, and those of them whose own lines don't name it. */
    readonly parties: number;
    readonly unnamed: number;
    readonly exchanges: number;
    readonly output_tokens: number;
    /** Exchanges of its parties that it doesn't cover. */
    readonly outside_term: number;
    readonly outside_models: number;
    readonly budget: readonly BudgetStanding[];
  } | null;
}

/** The newest version of every agreement, with what is used of it, by id. */
export async function agreementReports(ledger: Ledger): Promise<readonly AgreementReport[]> {
  const registered = await readAgreements(ledger);
  const [rows, days] = await ledger.read(async (store) => [
    await store.selectFrom("agreement_use").selectAll().execute(),
    await store.selectFrom("agreement_days").selectAll().orderBy("day").execute(),
  ]);
  const daysOf = Map.groupBy(days, ({ agreement }) => agreement);
  return registered.map((one) => {
    const row = rows.find(({ agreement }) => agreement === one.agreement.id);
    if (row === undefined) return { ...one, use: null };
    const own = daysOf.get(one.agreement.id) ?? [];
    const { parties, unnamed, until_time: until } = row;
    const budget = agreementStanding(held(one), own, until);
    return { ...one, use: { until, parties, unnamed, ...sums(own), budget } };
  });
}

/** What the register says of models to a party at a time: see `policiesFor`. */
export function policies(
  reports: readonly AgreementReport[],
  party: string,
  asked: { readonly models: readonly string[]; readonly at: string },
): readonly ModelPolicy[] {
  const register = reports.map((report) => ({
    agreement: held(report),
    usedUp: report.use?.budget.some(({ share }) => share >= 1) ?? false,
  }));
  return policiesFor(party, register, asked);
}

function sums(days: readonly AgreementDayRow[]) {
  const sum = (of: (day: AgreementDayRow) => number): number =>
    days.reduce((all, day) => all + of(day), 0);
  return {
    exchanges: sum((day) => day.exchanges),
    output_tokens: sum((day) => day.output_tokens),
    outside_term: sum((day) => day.outside_term),
    outside_models: sum((day) => day.outside_models),
  };
}
