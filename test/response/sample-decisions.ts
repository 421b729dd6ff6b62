import type { DecisionEntry } from "../../src/response/decision-table.ts";

/** A step on an account: to limit it until 2027 because of c1, unless changed. */
export function sampleEntry(account: string, changes: Partial<DecisionEntry> = {}): DecisionEntry {
  return {
    account,
    decision: "d1",
    action: "limit",
    reason: "coordinated_harvest",
    expires: "2027-01-01T00:00:00.000Z",
    case: "c1",
    ...changes,
  };
}
