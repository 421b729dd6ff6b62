import { accountShares } from "../signals/account-shares.ts";
import { captured } from "../signals/captured.ts";
import { ASKS } from "../signals/elicitation.ts";
import { itemRepeats } from "../signals/item-repeats.ts";
import type { Slice } from "../signals/slice.ts";
import { addLook, looksReached } from "../stats/looks.ts";
import { onlineEbh } from "../stats/online-ebh.ts";
import { upperConfidence } from "../stats/upper-confidence.ts";
import type { SignalParameters } from "./configuration.ts";
import type { Lineage } from "./lineage.ts";
import { weighSlice } from "./weigh-slice.ts";

/** Lineages that were looked at, in the order of their first look, and the error rate they are flagged at. */
export class Hypotheses {
  readonly #q: number;
  readonly #parameters: SignalParameters | undefined;
  readonly #arrivals: Lineage[] = [];

  /** `q`: false-discovery rate. */
  constructor(q: number, parameters?: SignalParameters) {
    this.#q = q;
    this.#parameters = parameters;
  }

  /** Weighs what a lineage's slice shows now, for all looks it has reached. */
  look(lineage: Lineage, slice: Slice): void {
    const { follows } = lineage;
    const harvestSoFar = (follows ?? lineage).harvestBits ?? 0;
    const weighing = weighSlice(slice, harvestSoFar, this.#parameters, follows?.findings);
    const reached = looksReached(lineage.exchanges);
    if (lineage.rank === 0) {
      this.#arrivals.push(lineage);
      lineage.rank = this.#arrivals.length;
    }
    for (; lineage.looks < reached; lineage.looks++) {
      const { looks, coordinationBits, harvestBits } = lineage;
      lineage.coordinationBits = addLook(coordinationBits, looks, weighing.coordination);
      if (follows === undefined)
        lineage.harvestBits = addLook(harvestBits, looks, weighing.harvest);
    }
    lineage.findings = weighing.findings;
    lineage.listShare = itemRepeats(slice).listShare;
    const taking = accountShares(
      slice,
      (x) => captured(x) && (x.skeleton || (x.intent & ASKS) !== 0),
    );
    lineage.harvestShareAtMost = upperConfidence(taking.shares, 0.95);
  }

  /** Flags what passes the error control at the end of a tick, in seconds. */
  flag(end: number): void {
    // What a follower's accounts harvest was tested where they were found.
    for (const lineage of this.#arrivals) {
      if (lineage.follows !== undefined) lineage.harvestBits = lineage.follows.harvestBits;
    }
    const bits = this.#arrivals.map((l) => Math.min(l.coordinationBits ?? 0, l.harvestBits ?? 0));
    const { flagged, qValues } = onlineEbh(bits, this.#q);
    const coordination = this.#arrivals.map((l) => l.coordinationBits ?? 0);
    const { flagged: together } = onlineEbh(coordination, this.#q);
    for (const [i, lineage] of this.#arrivals.entries()) {
      lineage.qValue = Math.min(lineage.qValue, qValues[i]!);
      if (flagged[i] === 1 && lineage.flaggedAt === 0) lineage.flaggedAt = end;
      if (together[i] === 1 && lineage.coordinatedAt === 0) lineage.coordinatedAt = end;
    }
  }
}
