import type { Judge } from "../../src/judge/judge.ts";
import type { JudgeOptions } from "../../src/judge/judge-options.ts";

/** What one look at a group saw and concluded. */
export interface TracedLook {
  /** End of the tick, seconds. */
  readonly at: number;
  readonly lineage: number;
  readonly rank: number;
  readonly exchanges: number;
  readonly accounts: number;
  readonly coordinationBits: number | undefined;
  readonly harvestBits: number | undefined;
  readonly listShare: number;
  readonly harvestShareAtMost: number;
  readonly findings: readonly string[];
}

/** A place to write looks down, and the listener that does. */
export function newTrace(): {
  readonly looks: TracedLook[];
  readonly onLook: NonNullable<JudgeOptions["onLook"]>;
} {
  const looks: TracedLook[] = [];
  return {
    looks,
    onLook: (lineage, at) =>
      looks.push({
        at,
        lineage: lineage.number,
        rank: lineage.rank,
        exchanges: lineage.exchanges,
        accounts: lineage.accounts.size,
        coordinationBits: lineage.coordinationBits,
        harvestBits: lineage.harvestBits,
        listShare: lineage.listShare,
        harvestShareAtMost: lineage.harvestShareAtMost,
        findings: lineage.findings.map((f) => `${f.signal} ${f.bits} ${f.value} ${f.sentence}`),
      }),
  };
}

/** The lineages flagged up to a time in seconds, in order of flagging. */
export function flagsOf(judge: Judge, until = Infinity): object[] {
  return judge.lineages
    .filter(({ flaggedAt }) => flaggedAt > 0 && flaggedAt <= until)
    .map(({ number, rank, flaggedAt, keys }) => ({ number, rank, flaggedAt, keys: keys.size }))
    .toSorted((a, b) => a.flaggedAt - b.flaggedAt || a.number - b.number);
}
