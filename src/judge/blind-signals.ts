import type { BlindSignal } from "../core/assessment.ts";
import { ALL_SIGNALS } from "../signals/all-signals.ts";
import type { RowOf } from "../warehouse/statement.ts";
import type { accountFacts, trafficTotals } from "../warehouse/statements.gen.ts";

/** Signals that could not see in this traffic, and the field each one needs. */
export function blindSignals(
  totals: RowOf<typeof trafficTotals>,
  accounts: readonly RowOf<typeof accountFacts>[],
): BlindSignal[] {
  const has = (count: string): boolean => Number(count) > 0;
  const [client, network] = [has(totals.with_client), has(totals.with_network)];
  const seen: Readonly<Record<string, boolean>> = {
    request: has(totals.with_request),
    response: has(totals.with_answer),
    "response or usage": has(totals.with_answer) || has(totals.with_usage),
    "accounts: payment, phone or device": accounts.length > 0,
    "accounts: created": accounts.some(({ created }) => created > 0),
    "accounts: plan": accounts.some(({ plan }) => plan !== ""),
    "client.ip": network,
    "client.user_agent or client.ja4": client,
    "credential, client.ip and client.user_agent": client && network && has(totals.with_credential),
    model: has(totals.with_model),
    time: true,
  };
  return ALL_SIGNALS.filter((signal) => seen[signal.needs] === false).map((signal) => ({
    signal: signal.id,
    needs: signal.needs,
  }));
}
