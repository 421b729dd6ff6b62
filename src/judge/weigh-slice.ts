import type { Axis, Channel } from "../core/assessment.ts";
import { ALL_SIGNALS } from "../signals/all-signals.ts";
import type { Measurement, Signal } from "../signals/signal.ts";
import type { Slice } from "../signals/slice.ts";
import { log2Sum } from "../stats/log2-sum.ts";
import { mergeEvidence } from "../stats/merge-evidence.ts";

/** What a signal found on a lineage at its last look. */
export interface Finding extends Measurement {
  readonly signal: string;
  readonly axis: Axis;
  readonly channel: Channel;
}

/** Evidence of one look, in bits. */
export interface Weighing {
  readonly coordination: number;
  readonly harvest: number;
  readonly findings: readonly Finding[];
}

/** Registered before any data: each channel may testify alone, and along the order in which its facts come to be. */
const SINGLETONS = ["identity", "time", "content", "output"];
const CHAINS = [
  ["identity", "content"],
  ["content", "output"],
  ["identity", "time", "content", "output"],
];
const FOLDS = 4;

/** Signals whose rule and test could meet in the same contents: learned on one fold, tested on the others, averaged. */
const CROSS_FITTED = new Set(["interchange", "template", "elicitation", "capture"]);

/** Harvest first: content may say more once it is confirmed. `harvestSoFar` is the running evidence, in bits. */
export function weighSlice(slice: Slice, harvestSoFar: number): Weighing {
  const found = (signal: Signal, harvestConfirmed: boolean): Finding => ({
    ...crossFitted(signal, { ...slice, harvestConfirmed }),
    signal: signal.id,
    axis: signal.axis,
    channel: signal.channel,
  });
  const harvests = ALL_SIGNALS.filter((s) => s.axis === "harvest").map((s) => found(s, false));
  const harvest = average(harvests.map((f) => f.bits));
  const confirmed = Math.max(harvest, harvestSoFar) >= 10;
  const coordinations = ALL_SIGNALS.filter((s) => s.axis === "coordination").map((s) =>
    found(s, confirmed),
  );
  const channels = new Map<string, number>();
  for (const channel of SINGLETONS) {
    const bits = coordinations
      .filter((f) => f.channel === channel && !f.foundGroup)
      .map((f) => f.bits);
    if (bits.length > 0) channels.set(channel, average(bits));
  }
  const coordination = mergeEvidence({ bits: channels, singletons: SINGLETONS, chains: CHAINS });
  return { coordination, harvest, findings: [...coordinations, ...harvests] };
}

/** The measurement over all; its bits are those of the mean e-value over the folds. */
function crossFitted(signal: Signal, slice: Slice): Measurement {
  const parameters = signal.parameters.parse({});
  const whole = signal.measure({ ...slice, fold: -1 }, parameters);
  if (!CROSS_FITTED.has(signal.id) || whole.foundGroup) return whole;
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
