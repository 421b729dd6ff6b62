import type { Assessment } from "../core/assessment.ts";
import type { Lineage } from "./lineage.ts";
import type { NamedAgreement } from "./named-agreement.ts";

/** What is said of a lineage, and why where it is not flagged, or where an agreement doesn't cover it. */
export interface Verdictless {
  readonly assessment: Assessment;
  readonly reason: string;
}

/** What an assessment needs to know beside the lineage's evidence. */
export interface AssessInput {
  readonly lineage: Lineage;
  /** True where coordination alone passes the error control. */
  readonly coordinated: boolean;
  readonly parties: number;
  /** The agreement that all its accounts name, if there is one. */
  readonly named: NamedAgreement | undefined;
}

/** A relay's harvest share is surely below this, the share that harvest must exceed to be shown. */
const RELAY_HARVEST_SHARE = 0.5;
/** Bits from which something is worth saying of a group that is not flagged. */
const TELLING_BITS = 4;
/** Groups with fewer parties can hardly reach the threshold by content. */
const SMALL_PARTIES = 20;

/** Whether there is something of a lineage that an agreement would explain. */
export function isExplicable({ flaggedAt, harvestBits }: Lineage): boolean {
  return flaggedAt > 0 || (harvestBits ?? 0) >= TELLING_BITS;
}

/** The assessment of a lineage, undefined where nothing is said of it. */
export function assess(input: AssessInput): Verdictless | undefined {
  const { lineage, coordinated, parties, named } = input;
  const coordination = lineage.coordinationBits ?? 0;
  const harvest = lineage.harvestBits ?? 0;
  const flagged = lineage.flaggedAt > 0;
  if (named?.gap === "" && isExplicable(lineage)) {
    return {
      assessment: "bulk",
      reason: `Covered by agreement ${named.id} with ${named.agreement?.customer}.`,
    };
  }
  if (flagged) return { assessment: "campaign", reason: named?.gap ?? "" };
  if (lineage.listShare > 0.5 && harvest >= TELLING_BITS) {
    return {
      assessment: "explained",
      reason:
        "Most uses come from accounts that work through the same list of items, as with a benchmark or an exercise sheet.",
    };
  }
  if (coordinated && lineage.harvestShareAtMost < RELAY_HARVEST_SHARE) {
    return {
      assessment: "relay",
      reason: `One hidden operator, but at most ${(lineage.harvestShareAtMost * 100).toFixed(0)} % of its conversations take training data.`,
    };
  }
  if (coordination < TELLING_BITS) return undefined;
  if (parties < SMALL_PARTIES && harvest >= TELLING_BITS) {
    return {
      assessment: "watch",
      reason: `${parties} parties are too few to decide at this error rate.`,
    };
  }
  if (coordinated || harvest >= TELLING_BITS) {
    return {
      assessment: "undetermined",
      reason: coordinated
        ? "Coordinated, but harvest is not shown."
        : "Both axes lean, neither is decided at this error rate.",
    };
  }
  return undefined;
}
