import type { Group } from "../../src/core/assessment.ts";
import { sampleOutcome } from "../report/sample-outcome.ts";

const [SAMPLE] = sampleOutcome().result.groups;

/** A flagged group of given accounts, all of them operated but those named `mixed…`. */
export function sampleGroup(accounts: readonly string[], changes: Partial<Group> = {}): Group {
  return {
    ...SAMPLE!,
    id: "g1",
    lineage: "g1",
    assessment: "campaign",
    coordination_bits: 40,
    harvest_bits: 50,
    accounts,
    exchanges: accounts.length * 10,
    members: accounts.map((account) => ({
      account,
      role: account.startsWith("mixed") ? "mixed" : "operated",
      share: 1,
      exchanges: 10,
    })),
    ...changes,
  };
}

/** Names of accounts: `a1` to `aN`, or with another beginning. */
export function names(count: number, prefix = "a"): readonly string[] {
  return Array.from({ length: count }, (_, i) => `${prefix}${i + 1}`);
}
