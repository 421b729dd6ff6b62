import { clipBits } from "./clip-bits.ts";
import { log2Sum } from "./log2-sum.ts";

/** Evidence by channel, and the plan by which it is merged. */
export interface MergeInput {
  /** Bits by channel; a channel of the plan that is absent here is blind and counts as E = 1. */
  readonly bits: ReadonlyMap<string, number>;
  /** The channels that may testify alone, fixed before the data are seen. */
  readonly singletons: readonly string[];
  /** Ordered channel sets whose later factors are valid given all earlier data, fixed before the data are seen. In a chain a channel stakes half of what it has. */
  readonly chains: readonly (readonly string[])[];
}

/**
 * One coordination e-value from dependent channels, in bits.
 * Formula: E = Σ_S v_S E_S, where the singletons share ½ equally and the chains the other ½ (all of it goes to one kind
 * where the other is empty); evidence.md §5, Vovk & Wang 2021 (averages are the admissible merge under any
 * dependence). A plain product over dependent channels is not an e-value, so products stand only along chains:
 * E_S = ∏_{c∈S} (1 + E_c)/2, the average of the products over all subsets of the chain. Half of the stake is kept back at
 * every step, so that a channel that finds nothing costs one bit and not all that the others found.
 * No channel at all: 0 bits. O(channels in all sets).
 */
export function mergeEvidence(input: MergeInput): number {
  const { bits, singletons, chains } = input;
  const kinds = Number(singletons.length > 0) + Number(chains.length > 0);
  if (kinds === 0) return 0;
  const of = (channel: string): number => bits.get(channel) ?? 0;
  const hedged = (channel: string): number => log2Sum([0, of(channel)]) - 1;
  const product = (chain: readonly string[]): number =>
    chain.reduce((sum, channel) => sum + hedged(channel), 0);
  const alone = -Math.log2(kinds * singletons.length);
  const chained = -Math.log2(kinds * chains.length);
  return clipBits(
    log2Sum([
      ...singletons.map((channel) => alone + of(channel)),
      ...chains.map((chain) => chained + product(chain)),
    ]),
  );
}
