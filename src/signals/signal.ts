import type { z } from "zod";
import type { Axis, Channel, Reference } from "../core/assessment.ts";
import type { Slice } from "./slice.ts";

/** What a signal is; the head of its page in `docs/signals` is made from this. */
export interface SignalMetadata {
  readonly id: string;
  readonly title: string;
  readonly axis: Axis;
  readonly channel: Channel;
  readonly summary: string;
  readonly references: readonly string[];
  /** Legitimate traffic that looks alike. */
  readonly falsePositives: readonly string[];
  /** Operations it cannot see. */
  readonly blindSpots: readonly string[];
  /** The field without which it is blind. */
  readonly needs: string;
}

/** Which accounts a trait could be looked for in, and which have it: numbers of accounts. */
export interface Ties {
  readonly tested: ReadonlySet<number>;
  readonly tied: ReadonlySet<number>;
}

/** A signal's finding on one slice. */
export interface Measurement {
  /** log₂ of an e-value under the signal's null; 0 where it has nothing to say. */
  readonly bits: number;
  readonly value: number;
  readonly reference: Reference;
  /** One sentence with the measured value, the reference and n; empty where there is nothing to say. */
  readonly sentence: string;
  /** sipHash64 of the ids of at most five exchanges that show it. */
  readonly examples: readonly bigint[];
  /** True where the trait itself gathered the group. */
  readonly foundGroup: boolean;
  /** True where the finding is told and never weighed: its null can't be stated, or another signal weighs the same. */
  readonly describes?: true;
  /** Whom the finding is about; absent where it singles out nobody. */
  readonly ties?: Ties;
}

/** One measurable trait: metadata, parameters, and a pure measure. */
export interface Signal<P extends z.ZodType = z.ZodType> extends SignalMetadata {
  readonly parameters: P;
  /** No clock, no input or output, no randomness but the slice's seed. */
  readonly measure: (slice: Slice, parameters: z.infer<P>) => Measurement;
}

/** Ties a signal's parameters to its measure. */
export function defineSignal<P extends z.ZodType>(signal: Signal<P>): Signal<P> {
  return signal;
}

/** For a signal with nothing to say. */
export function silence(value: number, reference: Reference, foundGroup = false): Measurement {
  return { bits: 0, value, reference, sentence: "", examples: [], foundGroup };
}

/** A share as people write it: 0.931 → 93 %. */
export function percent(share: number): string {
  const hundredths = share * 100;
  return `${hundredths < 10 && hundredths > 0 ? hundredths.toFixed(1) : Math.round(hundredths)} %`;
}
