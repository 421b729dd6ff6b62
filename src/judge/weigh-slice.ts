import type { Axis, Channel } from "../core/assessment.ts";
import { SLICE_SIGNALS } from "../signals/all-signals.ts";
import type { Measurement, Signal } from "../signals/signal.ts";
import type { Slice } from "../signals/slice.ts";
import { log2Sum } from "../stats/log2-sum.ts";
import { mergeEvidence } from "../stats/merge-evidence.ts";
import { DEFAULT_CONFIGURATION, type SignalParameters } from "./configuration.ts";

/** What a signal found on a lineage at its last look. */
export interface Finding extends Measurement {
  readonly signal: string;
  readonly axis: Axis;
  readonly channel: Channel;
  /** True where it is told and never weighed. */
  readonly describes?: true;
}

/** Evidence of one look, in bits. */
export interface Weighing {
  readonly coordination: number;
  readonly harvest: number;
  readonly findings: readonly Finding[];
}

/** Registered before any data: each channel may testify alone, and along the order in which its facts come to be. */
const SINGLETONS = ["identity", "time", "content", "output"];
const CHAINS = [["identity", "time", "content", "output"]];
const FOLDS = 4;

/**
 * Signals whose rule and test could meet in the same contents: learned on one fold, tested on the others, averaged. The
 * harvest signals ask what share of the slice looks like harvesting, and the slice comes after its rule: nothing to keep apart.
 */
const CROSS_FITTED = new Set(["interchange"]);

/**
 * Harvest first: content may say more once it is confirmed. `harvestSoFar` is the running evidence, in bits; `followed` the
 * findings of the group whose accounts the slice follows, which has shown their harvest already.
 */
export function weighSlice(
  slice: Slice,
  harvestSoFar: number,
  parameters: SignalParameters = DEFAULT_CONFIGURATION.parameters,
  followed?: readonly Finding[],
): Weighing {
  const harvests =
    followed?.filter(({ axis }) => axis === "harvest") ??
    measureAxis("harvest", { ...slice, harvestConfirmed: false }, parameters);
  const { harvest } = mergeFindings(harvests);
  const harvestConfirmed = isConfirmed(harvest, harvestSoFar);
  const findings = [
    ...measureAxis("coordination", { ...slice, harvestConfirmed }, parameters),
    ...harvests,
  ];
  return { ...mergeFindings(findings), findings };
}

/** True once harvest, of this look or so far, is confirmed (E ≥ 2¹⁰). Both in bits. */
export function isConfirmed(harvest: number, harvestSoFar: number): boolean {
  return Math.max(harvest, harvestSoFar) >= 10;
}

/** What every signal of an axis finds on a slice. */
export function measureAxis(
  axis: Axis,
  slice: Slice,
  parameters: SignalParameters = DEFAULT_CONFIGURATION.parameters,
): Finding[] {
  return SLICE_SIGNALS.filter((signal) => signal.axis === axis).map((signal) => ({
    ...crossFitted(signal, slice, parameters.get(signal.id)),
    signal: signal.id,
    axis: signal.axis,
    channel: signal.channel,
    ...(signal.describes === true ? { describes: true } : {}),
  }));
}

/** Both axes' evidence of one look, in bits; an axis or channel without a finding counts as E = 1. What only describes counts nowhere. */
export function mergeFindings(
  findings: readonly Finding[],
): Pick<Weighing, "coordination" | "harvest"> {
  const weighed = findings.filter(({ describes }) => describes !== true);
  const channels = new Map<string, number>();
  for (const channel of SINGLETONS) {
    const bits = weighed
      .filter((f) => f.axis === "coordination" && f.channel === channel && !f.foundGroup)
      .map((f) => f.bits);
    if (bits.length > 0) channels.set(channel, average(bits));
  }
  return {
    coordination: mergeEvidence({ bits: channels, singletons: SINGLETONS, chains: CHAINS }),
    harvest: average(weighed.filter((f) => f.axis === "harvest").map((f) => f.bits)),
  };
}

/** The measurement over all; its bits are those of the mean e-value over the folds. */
function crossFitted(signal: Signal, slice: Slice, parameters: unknown): Measurement {
  const whole = signal.measure({ ...slice, fold: -1 }, parameters);
  if (!CROSS_FITTED.has(signal.id) || whole.foundGroup || slice.follows) return whole;
  const bits: number[] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    bits.push(signal.measure({ ...slice, fold }, parameters).bits);
  }
  return { ...whole, bits: average(bits) };
}

/** log₂ of the mean of e-values given in bits: valid whatever their dependence. */
function average(bits: readonly number[]): number {
  return bits.length === 0 ? 0 : log2Sum(bits) - Math.log2(bits.length);
}
