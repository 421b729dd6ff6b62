import type { Channel, Evidence, Group } from "./assessment.ts";

const MOST_FACTS = 3;
const SHOWN_BY_TEXTS: ReadonlySet<string> = new Set(["template", "elicitation", "grading"]);
const CHANNELS: readonly Channel[] = ["identity", "time", "content", "output"];

/**
 * At most three weighed findings of different channels, so that no single pretence could have made two of them. Sets
 * that speak of both axes come first, then larger ones, then those with more bits, then those that texts side by side
 * show; within a set, most bits first.
 */
export function strongestFacts(group: Group): readonly Evidence[] {
  let sets: readonly (readonly Evidence[])[] = [[]];
  for (const channel of CHANNELS) {
    const own = weighed(group).filter((finding) => finding.channel === channel);
    sets = sets.flatMap((set) =>
      set.length === MOST_FACTS ? [set] : [set, ...own.map((finding) => [...set, finding])],
    );
  }
  const [best = []] = sets.toSorted(
    (a, b) =>
      axes(b) - axes(a) || b.length - a.length || total(b) - total(a) || readable(b) - readable(a),
  );
  return best.toSorted((a, b) => b.bits - a.bits);
}

/** The findings that add to the evidence: weighed, with bits above nought; most bits first, ties by signal. */
export function weighed({ evidence }: Group): readonly Evidence[] {
  return evidence
    .filter(({ bits, describes, found_group }) => bits > 0 && !describes && !found_group)
    .toSorted((a, b) => b.bits - a.bits || (a.signal < b.signal ? -1 : 1));
}

function axes(set: readonly Evidence[]): number {
  return new Set(set.map(({ axis }) => axis)).size;
}

function readable(set: readonly Evidence[]): number {
  return set.filter(({ signal }) => SHOWN_BY_TEXTS.has(signal)).length;
}

function total(set: readonly Evidence[]): number {
  return set.reduce((sum, { bits }) => sum + bits, 0);
}
