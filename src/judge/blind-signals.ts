import type { BlindSignal } from "../core/assessment.ts";
import { ALL_SIGNALS } from "../signals/all-signals.ts";
import type { RowOf } from "../warehouse/statement.ts";
import type { trafficTotals } from "../warehouse/statements.gen.ts";

/** Signals that could not see in this traffic, and the field each one needs. */
export function blindSignals(
  totals: RowOf<typeof trafficTotals>,
  accountsKnown: number,
): BlindSignal[] {
  const seen: Readonly<Record<string, boolean>> = {
    request: Number(totals.with_request) > 0,
    response: Number(totals.with_answer) > 0,
    "response or usage": Number(totals.with_answer) + Number(totals.with_usage) > 0,
    "accounts: payment, phone or device": accountsKnown > 0,
    time: true,
  };
  return ALL_SIGNALS.filter((signal) => seen[signal.needs] === false).map((signal) => ({
    signal: signal.id,
    needs: signal.needs,
  }));
}
