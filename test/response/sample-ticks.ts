import type { Group, ScanResult } from "../../src/core/assessment.ts";
import { sampleOutcome } from "../report/sample-outcome.ts";

const { result } = sampleOutcome({ campaigns: 1, others: 0, accounts: 100, hours: 48 });

/** A flagged group of so many accounts, which no group of another id has. */
export function flaggedGroup(id: string, accounts: number, change: Partial<Group> = {}): Group {
  const [group] = result.groups;
  const names = Array.from({ length: accounts }, (_, at) => `acct_${id}_${at}`);
  return { ...group!, id, lineage: id, accounts: names, history: [], ...change };
}

/** A result that says something of these groups. */
export function resultOf(...groups: readonly Group[]): ScanResult {
  return { ...result, groups };
}

/** A secret in the form of Standard Webhooks. */
export const SECRET = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
