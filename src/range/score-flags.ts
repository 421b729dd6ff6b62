import type { Axis, Group } from "../core/assessment.ts";
import { isPositive, ownersOf } from "./score-scan.ts";
import type { Truth } from "./world.ts";

/** A group that was flagged, against the truth. */
export interface FlagScore {
  readonly positive: boolean;
  readonly accounts: number;
  readonly qValue: number;
  /** Evidence of the weaker axis, bits. */
  readonly bits: number;
  readonly evidence: readonly {
    readonly signal: string;
    readonly axis: Axis;
    readonly bits: number;
  }[];
}

/** The flagged groups as they were reported. */
export function scoreFlags(groups: readonly Group[], truth: Truth): FlagScore[] {
  const owners = ownersOf(truth);
  return groups
    .filter(({ assessment }) => assessment === "campaign")
    .map((group) => ({
      positive: isPositive(group, owners),
      accounts: group.accounts.length,
      qValue: group.q_value,
      bits: Math.min(group.coordination_bits, group.harvest_bits),
      evidence: group.evidence
        .filter((finding) => !finding.found_group)
        .map(({ signal, axis, bits }) => ({ signal, axis, bits })),
    }));
}
