import type { Lineage } from "../lineage.ts";
import type { Finding } from "../weigh-slice.ts";

const MOST_EXAMPLES = 5;

/**
 * Exchanges that show a finding: the signal's own, else one of each of the first accounts that it is about, or that the
 * group holds where it is about nobody in particular. Hashes of ids. O(accounts).
 */
export function examplesOf(lineage: Lineage, finding: Finding): readonly bigint[] {
  if (finding.examples.length > 0 || finding.describes === true) return finding.examples;
  const about = finding.ties?.tied;
  const examples: bigint[] = [];
  for (const { account, sample } of lineage.accounts.values()) {
    if (examples.length === MOST_EXAMPLES) break;
    if (about !== undefined && !about.has(account)) continue;
    const [first] = sample.toSorted((a, b) => a.priority - b.priority);
    if (first !== undefined) examples.push(first.id);
  }
  return examples;
}
