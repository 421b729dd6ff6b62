import type { z } from "zod";
import type { Axis, Channel, Reference } from "../core/assessment.ts";
import type { Comparison } from "./comparison.ts";
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
  /** True where findings are told and never weighed: the null can't be stated, or was not measured, or another signal weighs the same. */
  readonly describes?: true;
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
  /** Whom the finding is about; absent where it singles out nobody. */
  readonly ties?: Ties;
}

/** One measurable trait: metadata, parameters, and a pure measure. */
export interface Signal<P extends z.ZodType = z.ZodType> extends SignalMetadata {
  readonly parameters: P;
  /** No clock, no input or output, no randomness but the slice's seed. */
  readonly measure: (slice: Slice, parameters: z.infer<P>) => Measurement;
}

/** What is told of a group and never weighed: there are no bits in it. */
export interface Description {
  readonly value: number;
  /** Comparable accounts outside the group, or groups of as many drawn from them. */
  readonly reference: Reference;
  /** Empty where the value does not stand out. */
  readonly sentence: string;
  /** Ids of at most five exchanges that show it. */
  readonly examples: readonly string[];
  /** True where the trait itself gathered the group. */
  readonly foundGroup: boolean;
}

/** A trait of whole accounts, measured once, on reported groups only. */
export interface DescribingSignal<P extends z.ZodType = z.ZodType> extends SignalMetadata {
  readonly describes: true;
  readonly parameters: P;
  /** No clock, no input or output, no randomness but the comparison's seed. */
  readonly describe: (comparison: Comparison, parameters: z.infer<P>) => Description;
}

/** Ties a describing signal's parameters to its measure. */
export function defineDescription<P extends z.ZodType>(
  signal: DescribingSignal<P>,
): DescribingSignal<P> {
  return signal;
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
