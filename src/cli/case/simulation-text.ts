import type { Step } from "../../ledger/tables.ts";
import type { WeighedStep } from "../../ledger/review/weigh-step.ts";
import { printable } from "../../report/printable.ts";
import { counted, grouped, measured, minute, percent } from "../../report/wording.ts";

/** What a step would touch, and what it still takes. */
export function simulationText(step: Step, weighed: WeighedStep): string {
  const { simulation, pending, leftOut, over, second } = weighed;
  const { accounts, agreements, week_until } = simulation;
  const known = (value: number | null, text: (value: number) => string): string =>
    value === null ? "not known" : text(value);
  const ofAll = (share: number | null): string => (share === null ? "" : ` (${percent(share)})`);
  const week = week_until === null ? "" : `, by the week up to ${minute(week_until)}`;
  const out = leftOut === 0 ? "" : `; ${grouped(leftOut)} left out, one by one`;
  const lines = [
    `${step} for ${counted(accounts, "account")}${ofAll(simulation.accounts_share)}${out}${week}:`,
    `  exchanges a day: ${known(simulation.exchanges_a_day, measured)}${ofAll(simulation.exchanges_share)}`,
    `  tokens a day: ${known(simulation.tokens_a_day, measured)}`,
    `  billed a day: ${known(simulation.billed_a_day, measured)}${ofAll(simulation.billed_share)}`,
    `  protected accounts: ${known(simulation.protected_accounts, grouped)}`,
    `  agreements: ${agreements.length === 0 ? "none" : agreements.map(printable).join(", ")}`,
    pending.length > 0 ? `Takes first: ${counted(pending.length, "account")} to be opened.` : "",
    over.length > 0 ? `Reaches too far: ${over.join(", ")}.` : "",
    second === undefined ? "" : `Takes a second person: ${second}.`,
  ];
  return `${lines.filter((line) => line !== "").join("\n")}\n`;
}
