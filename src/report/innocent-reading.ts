import type { Axis, Evidence, Group } from "../core/assessment.ts";
import { ALL_SIGNALS } from "../signals/all-signals.ts";
import { weighed } from "../core/strongest-facts.ts";

/** The legitimate explanation that accounts for most of what counts, and what it leaves unexplained. */
export interface InnocentReading {
  /** As the signals' metadata names it. */
  readonly name: string;
  /** The weaker axis, on which the flag stands or falls. */
  readonly axis: Axis;
  /** Weighed findings that it would account for. */
  readonly explains: readonly Evidence[];
  /** Weighed findings on the same axis that it would not. */
  readonly against: readonly Evidence[];
  /** The other axis's, of which it says nothing. */
  readonly besides: readonly Evidence[];
}

/**
 * A flag needs both axes, so an innocent reading has to account for the weaker one: of the look-alikes that its signals
 * name, the one with most bits there, then in all. Look-alikes that a measure itself allows for (its name says so in
 * parentheses) come last. Undefined where no weighed signal names any.
 */
export function innocentReading(group: Group): InnocentReading | undefined {
  const axis = group.coordination_bits <= group.harvest_bits ? "coordination" : "harvest";
  const findings = weighed(group);
  const onAxis = findings.filter((finding) => finding.axis === axis);
  const names = [...new Set(onAxis.flatMap(({ signal }) => lookAlikes(signal)))];
  const readings = names.map((name) => ({
    name,
    explains: findings.filter(({ signal }) => lookAlikes(signal).includes(name)),
  }));
  const [best] = readings.toSorted(
    (a, b) =>
      Number(a.name.includes("(")) - Number(b.name.includes("(")) ||
      bitsOn(b.explains, axis) - bitsOn(a.explains, axis) ||
      bitsOn(b.explains) - bitsOn(a.explains),
  );
  if (best === undefined) return undefined;
  const left = findings.filter((finding) => !best.explains.includes(finding));
  return {
    ...best,
    axis,
    against: left.filter((finding) => finding.axis === axis),
    besides: left.filter((finding) => finding.axis !== axis),
  };
}

/** Legitimate traffic that a signal's metadata says looks alike; none of a signal that is not known here. */
export function lookAlikes(signal: string): readonly string[] {
  return ALL_SIGNALS.find(({ id }) => id === signal)?.falsePositives ?? [];
}

function bitsOn(findings: readonly Evidence[], axis?: Axis): number {
  return findings
    .filter((finding) => axis === undefined || finding.axis === axis)
    .reduce((sum, { bits }) => sum + bits, 0);
}
