import type { Capability } from "../../core/assessment.ts";
import { INTENT } from "../../core/key-kind.ts";
import type { Lineage } from "../lineage.ts";

const ASKED: readonly (readonly [Capability, number])[] = [
  ["grading", INTENT.grading | INTENT.preference],
  ["reasoning", INTENT.reasoning | INTENT.coercion],
  ["tools", INTENT.tools],
  ["code", INTENT.code],
  ["analysis", INTENT.analysis],
];

/** What a lineage's sampled conversations ask for: shares by the first kind that fits, summing to 1. */
export function capabilitiesOf(lineage: Lineage): Record<Capability, number> {
  const shares: Record<Capability, number> = {
    reasoning: 0,
    grading: 0,
    tools: 0,
    code: 0,
    analysis: 0,
    other: 0,
  };
  let total = 0;
  for (const account of lineage.accounts.values()) {
    for (const { intent } of account.sample) {
      const fits = ASKED.find(([, bits]) => (intent & bits) !== 0);
      shares[fits?.[0] ?? "other"] += 1;
      total += 1;
    }
  }
  for (const capability of Object.keys(shares) as Capability[]) {
    shares[capability] = total === 0 ? 0 : Math.round((shares[capability] / total) * 1000) / 1000;
  }
  return shares;
}
