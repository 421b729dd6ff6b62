import type { Adjacency } from "./adjacency.ts";
import type { CandidateOptions } from "./candidate.ts";
import type { Rule } from "./cluster-pass.ts";
import { makePeel, makeWiden, REQUIRED } from "./community-core.ts";
import { surplusBits } from "./community-surprise.ts";
import type { KeyClasses } from "./key-classes.ts";
import { communitiesOf } from "./local-moving.ts";
import { partitionBy, partsOf, rowOf } from "./partition.ts";
import { rareGraphOf, tieWeights } from "./rare-graph.ts";
import { supportedTies } from "./supported-ties.ts";

/** Bits a community must bring beyond the cost of having searched for it. */
const LEAST_SURPLUS_BITS = 10;

/**
 * Pass (b). Parties that share many small keys (a card here, a device there, echo links, items):
 * communities by local moving, a key of d parties tying each two of them with log₂(P/d)/(d−1) bits,
 * where a second fact supports it. Then each community is widened by the parties that belong as well,
 * peeled to the parties with two of its keys, and kept where its keys meet in
 * it beyond what searching all sets of that size would find by chance.
 */
export function communityRules(
  adjacency: Adjacency,
  classes: KeyClasses,
  options: CandidateOptions,
): Rule[] {
  const rare = rareGraphOf(adjacency, classes, options.maxRareDegree);
  const weights = tieWeights(rare, options.population);
  const density = options.communityDensity * Math.log2(options.population + 1);
  const labels = communitiesOf(supportedTies(rare, weights), density);
  const communities = partitionBy(labels);
  const members = partsOf(communities);
  const peel = makePeel(rare);
  const widen = makeWiden(rare, weights, density);
  const rules: Rule[] = [];
  for (let community = 0; community < communities.count; community++) {
    const parties = rowOf(members, community);
    if (parties.length < options.minParties) continue;
    const dense = peel(parties);
    if (dense.parties.length < options.minParties) continue;
    const core = peel(widen(dense));
    const bits = surplusBits(core, rare.keysOfDegree, options.population);
    if (bits < LEAST_SURPLUS_BITS) continue;
    rules.push({ keys: core.keys.map((key) => rare.keys[key]!).sort(), required: REQUIRED });
  }
  return rules;
}
