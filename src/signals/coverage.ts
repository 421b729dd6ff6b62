import { z } from "zod";
import { bettingMean } from "../stats/betting-mean.ts";
import { THRESHOLD } from "./bet-on-shares.ts";
import { captured } from "./captured.ts";
import { COMPARED, compared, type Established, ownSimilarity, peersOf } from "./own-similarity.ts";
import { defineSignal, percent, silence } from "./signal.ts";
import { type SampledExchange, type Slice, tested } from "./slice.ts";

/** Fewer established accounts can't say which one in twenty has least in common. */
const LEAST_REFERENCES = 19;

/** One account asks about everything, takes the answers and leaves: no person's interests, no product's subject. */
export const coverage = defineSignal({
  id: "coverage",
  title: "Asks about everything, as if it were many people",
  axis: "harvest",
  channel: "content",
  summary:
    "Share of sampled conversations that nobody goes on from, in accounts whose conversations have less in common than those of almost all established accounts of the provider.",
  references: [
    "Anthropic, February 2026: tens of thousands of unique tasks",
    "Kesarwani et al. 2018, arXiv 1711.07221: how much of the space a client's queries cover",
    "arXiv 2606.05725: queries against the provider's legitimate history",
  ],
  falsePositives: [
    "benchmark harnesses",
    "translation agencies and batches over mixed catalogues",
    "gateways and resellers, as far as their users leave after one answer",
  ],
  blindSpots: [
    "harvests of one subject, such as code or mathematics",
    "accounts of fewer than eight conversations",
    "a provider without old, verified, paying accounts among the peers",
  ],
  needs: "request",
  parameters: z.object({
    threshold: THRESHOLD,
    least_in_common: z
      .number()
      .min(0.01)
      .max(0.25)
      .default(0.2)
      .describe("Share of the established accounts whose conversations have as little in common"),
  }),
  measure(slice, { threshold, least_in_common }) {
    const ranks: number[] = [];
    const shares: number[] = [];
    const examples: bigint[] = [];
    const { established } = slice.surroundings;
    for (const account of established === undefined ? [] : tested(slice)) {
      const told = toldOf(account.sample, established!);
      if (told === undefined) continue;
      const { rank, sample } = told;
      const broad = rank <= least_in_common;
      ranks.push(rank);
      shares.push(broad ? sample.filter(captured).length / sample.length : 0);
      if (broad && examples.length < 5) examples.push(sample[0]!.id);
    }
    const value = shares.reduce((a, b) => a + b, 0) / Math.max(1, shares.length);
    const reference = referenceOf(slice, threshold);
    if (shares.length === 0) return silence(value, reference);
    // Of one account only its rank among the established ones can testify: E = 1/(2√p).
    const bits =
      shares.length === 1 ? -1 - Math.log2(ranks[0]!) / 2 : bettingMean(shares, { threshold });
    return {
      bits,
      value,
      reference,
      sentence: `${percent(value)} of the conversations of ${shares.length} accounts are taken and left in accounts whose conversations have less in common than those of ${percent(1 - least_in_common)} of ${reference.n} established accounts; the null allows ${percent(threshold)}.`,
      examples,
      foundGroup: false,
    };
  },
});

/**
 * The conversations that are compared, as many as enough established accounts among its peers have too, and the share of
 * those that have as little in common or less, this one counted; undefined where it can't be told.
 */
function toldOf(
  conversations: readonly SampledExchange[],
  { weights, similarities }: Established,
): { readonly rank: number; readonly sample: readonly SampledExchange[] } | undefined {
  for (const size of COMPARED) {
    const sample = compared(conversations, size);
    const others = similarities.get(size)?.get(peersOf(sample));
    if (others === undefined || others.length < LEAST_REFERENCES) continue;
    const own = ownSimilarity(
      sample.map(({ tokens }) => tokens),
      weights,
    );
    if (own === undefined) continue;
    let as = 1;
    while (as <= others.length && others[as - 1]! <= own) as += 1;
    return { rank: as / (others.length + 1), sample };
  }
  return undefined;
}

function referenceOf({ surroundings }: Slice, threshold: number) {
  const all = [...(surroundings.established?.similarities.get(COMPARED[0])?.values() ?? [])];
  return { median: 0, low: 0, high: threshold, n: all.reduce((sum, v) => sum + v.length, 0) };
}
