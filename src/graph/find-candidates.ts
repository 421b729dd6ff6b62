import type { Rows } from "./adjacency.ts";
import type { Candidate } from "./candidate.ts";
import { clusterKeys } from "./cluster-pass.ts";
import { communityRules } from "./community-pass.ts";
import { foldSameSets, type SetSignatures } from "./key-classes.ts";
import type { OverlapCounter } from "./overlap-counts.ts";
import { samplePartiesOfKeys } from "./party-samples.ts";
import {
  bestSingles,
  byScore,
  candidatesOf,
  dropDuplicates,
  type SelectionInput,
} from "./select-candidates.ts";

/** Places among the candidates that single keys get at least. */
const SINGLES_SHARE = 0.25;
/** Communities of different kinds of key that are more alike than this (Jaccard) are one. */
const SAME_COMMUNITY = 0.5;

/** What the passes see of a graph; arrays by key or party, trimmed to those in use. */
export interface GraphView extends SelectionInput {
  readonly keyDegrees: Uint32Array;
  readonly signatures: SetSignatures;
  readonly partyHashes: Uint32Array;
  readonly overlaps: OverlapCounter;
}

/** Runs both passes and the selection over one laid-out graph. Linear in edges, but for keys' overlaps (see `overlapsOf`). */
export function findCandidates(input: GraphView): readonly Candidate[] {
  const { adjacency, partyHashes, options } = input;
  const isOpen = openKeys(adjacency.byKey, options.settled);
  const wide = foldSameSets(input.keyDegrees, input.signatures, options.minParties, isOpen);
  const samples = samplePartiesOfKeys(adjacency.byKey, wide.first, partyHashes);
  const counted = input.overlaps.count(wide.first, samples, input.signatures, options);
  const { rules, loose } = clusterKeys(wide, samples, counted, options);
  const together = [...candidatesOf(rules, "cluster", input), ...communitiesOf(input)].sort(
    byScore,
  );
  const strong = dropDuplicates(together, partyHashes, options.duplicate);
  const places = Math.max(Math.ceil(options.limit * SINGLES_SHARE), options.limit - strong.length);
  const singles = candidatesOf(bestSingles(loose, places, input), "single", input);
  const best = [...strong.slice(0, options.limit - singles.length), ...singles].sort(byScore);
  return dropDuplicates(best, partyHashes, options.duplicate);
}

/** The communities that each set of kinds makes by itself, those of an earlier set first. */
function communitiesOf(input: GraphView): readonly Candidate[] {
  const { adjacency, kinds, keyDegrees, signatures, partyHashes, options } = input;
  const sets = options.communityKinds.length === 0 ? [undefined] : options.communityKinds;
  const found = sets.map((set) => {
    const mayTie = set && ((key: number): boolean => set.includes(kinds[key]!));
    const small = foldSameSets(keyDegrees, signatures, 2, mayTie);
    return candidatesOf(communityRules(adjacency, small, options), "community", input).sort(
      byScore,
    );
  });
  return found.length === 1 ? found[0]! : dropDuplicates(found.flat(), partyHashes, SAME_COMMUNITY);
}

/** True for keys that a party holds which is not settled. O(edges). */
function openKeys(byKey: Rows, settled: ReadonlySet<number>): (key: number) => boolean {
  if (settled.size === 0) return () => true;
  const open = new Uint8Array(byKey.offsets.length - 1);
  for (let key = 0; key < open.length; key++) {
    const end = byKey.offsets[key + 1]!;
    for (let i = byKey.offsets[key]!; i < end && open[key] === 0; i++) {
      if (!settled.has(byKey.items[i]!)) open[key] = 1;
    }
  }
  return (key) => open[key] === 1;
}
