import type { z } from "zod";
import type { Measurement, Signal } from "../../src/signals/signal.ts";
import type { SampledExchange, Slice, SliceAccount } from "../../src/signals/slice.ts";

/** A slice in which every account taught nothing: what is not given is empty, and nothing is masked. */
export interface SliceSketch extends Partial<Omit<Slice, "accounts">> {
  readonly accounts: number;
  /** Conversations sampled of each account. */
  readonly conversations?: number;
  /** What differs from an unremarkable conversation, by account and conversation. */
  readonly exchange?: (account: number, conversation: number) => Partial<SampledExchange>;
  /** What differs from an unremarkable account. */
  readonly account?: (account: number) => Partial<SliceAccount>;
}

/** Builds a slice of accounts in four equal folds, none of them the learning one unless `fold` says so. */
export function sliceOf(sketch: SliceSketch): Slice {
  const { accounts, conversations = 8, exchange, account, ...rest } = sketch;
  return {
    accounts: Array.from({ length: accounts }, (_, a) => ({
      account: a,
      payer: a,
      fold: a % 4,
      before: 0,
      exchanges: conversations,
      presenting: 0,
      hours: new Map(),
      sample: Array.from({ length: conversations }, (_unused, c) => ({
        ...unremarkable(a, c),
        ...exchange?.(a, c),
      })),
      ...account?.(a),
    })),
    fold: -1,
    follows: false,
    mask: new Uint8Array(65_536),
    foundBy: new Set(),
    items: [],
    identity: Array.from({ length: accounts }, () => ({
      has: false,
      shares: false,
      declared: false,
    })),
    tenure: [],
    echoes: [],
    surroundings: {
      identified: 0,
      sharing: 0,
      several: 0,
      presenting: 0,
      echoing: 0,
    },
    harvestConfirmed: false,
    seed: 1,
    ...rest,
  };
}

/** Measures with the signal's default parameters. */
export function measure<P extends z.ZodType>(signal: Signal<P>, slice: Slice): Measurement {
  return signal.measure(slice, signal.parameters.parse({}));
}

/** A short question that somebody asks and goes on from. */
function unremarkable(account: number, conversation: number): SampledExchange {
  return {
    priority: account * 1000 + conversation,
    id: BigInt(account * 1000 + conversation),
    time: 1_790_000_000 + account * 60 + conversation * 3600,
    tokens: Uint16Array.from({ length: 12 }, (_, i) => account * 97 + conversation * 13 + i),
    intent: 0,
    folds: 15,
    skeleton: false,
    presents: false,
    stratum: 1,
    peers: 1,
    answerBytes: 400,
    outputTokens: 100,
    maxTokens: 0,
    choices: 1,
    finish: 1,
    built: true,
    steps: 0,
  };
}
