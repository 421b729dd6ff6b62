import { CAPABILITIES, type KnownGroup, type Likeness } from "../../core/assessment.ts";

/** Likeness from which an earlier group is worth naming: of the prompts alone, or of all the rest together. */
const LIKE_PROMPTS = 0.2;
const LIKE_MANNER = 0.85;
const MOST_NAMED = 5;

/**
 * Earlier groups that a group resembles, most alike first. Skeleton: estimated share of common pieces of the prompts;
 * capabilities and hours: one less their total variation distance; techniques: share in common; cadence: the hours'
 * likeness times the ratio of paces. Describes, and adds no evidence. O(known).
 */
export function similarTo(group: KnownGroup, known: readonly KnownGroup[]): readonly Likeness[] {
  return known
    .map((other) => likeness(group, other))
    .filter((one) => one.skeleton >= LIKE_PROMPTS || manner(one) >= LIKE_MANNER)
    .toSorted((a, b) => b.skeleton - a.skeleton || manner(b) - manner(a))
    .slice(0, MOST_NAMED);
}

function likeness(group: KnownGroup, other: KnownGroup): Likeness {
  const kinds = CAPABILITIES.map((kind) => kind);
  const capabilities = (g: KnownGroup): number[] =>
    kinds.map((kind) => g.capabilities[kind]?.share ?? 0);
  const ids = (g: KnownGroup): string[] => g.techniques.map(({ id }) => id);
  const [own, its] = [group.indicators, other.indicators];
  const pace = Math.min(own.pace, its.pace) / Math.max(own.pace, its.pace, 1e-9);
  return {
    group: other.id,
    skeleton: round(bottomCommon(own.skeleton, its.skeleton)),
    capabilities: round(common(capabilities(group), capabilities(other))),
    techniques: round(jaccard(ids(group), ids(other))),
    cadence: round(common(own.hours, its.hours) * pace),
  };
}

function manner(one: Likeness): number {
  return (one.capabilities + one.techniques + one.cadence) / 3;
}

/** Jaccard's index of two sets from their least hashes: the share, among the least of both, of those in both. */
function bottomCommon(a: readonly string[], b: readonly string[]): number {
  const size = Math.min(a.length, b.length);
  const [inA, inB] = [new Set(a), new Set(b)];
  const least = [...new Set([...a, ...b])].toSorted().slice(0, size);
  if (least.length === 0) return 0;
  return least.filter((hash) => inA.has(hash) && inB.has(hash)).length / least.length;
}

function jaccard(a: readonly string[], b: readonly string[]): number {
  const all = new Set([...a, ...b]);
  return all.size === 0 ? 0 : a.filter((id) => b.includes(id)).length / all.size;
}

/** One less the total variation distance of two distributions. */
function common(a: readonly number[], b: readonly number[]): number {
  return Math.min(
    1,
    a.reduce((sum, share, i) => sum + Math.min(share, b[i] ?? 0), 0),
  );
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
