import type { Ablation, Hypothesis, Study } from "../core/hypothesis.ts";
import { SLICE_SIGNALS } from "../signals/all-signals.ts";
import type { Slice } from "../signals/slice.ts";
import { addLook, looksReached } from "../stats/looks.ts";
import { onlineEbh } from "../stats/online-ebh.ts";
import type { JudgeOptions } from "./judge-options.ts";
import type { Lineage } from "./lineage.ts";
import type { Roster } from "./roster.ts";
import { type Finding, isConfirmed, measureAxis, mergeFindings } from "./weigh-slice.ts";

/** Watches a judge's looks, and tells at the end what was tested and what each signal was worth. */
export interface LooksStudy {
  readonly onLook: NonNullable<JudgeOptions["onLook"]>;
  /** Once all traffic was judged. `roster` gives the accounts' names. */
  readonly conclude: (roster: Roster) => Study;
}

/** A judge's error control repeated with one signal left out: the same groups, looks and findings, merged without it. */
interface Variant {
  readonly without: string;
  /** By arrival: running bits of both axes, and the flag's tick in seconds (0: none). */
  readonly coordination: (number | undefined)[];
  readonly harvest: (number | undefined)[];
  readonly flaggedAt: number[];
}

/** Begins a study at the judge's own error rate. Costs one merge a look and signal. */
export function studyLooks(q: number): LooksStudy {
  const arrivals: Lineage[] = [];
  const looks: number[] = [];
  const lastFindings: (readonly Finding[])[] = [];
  const whole = newVariant("");
  const weighed = SLICE_SIGNALS.filter(({ describes }) => describes !== true);
  const variants = [whole, ...weighed.map((signal) => newVariant(signal.id))];
  let tickEnd = 0;
  return {
    onLook(lineage, end, slice) {
      if (end !== tickEnd) for (const variant of variants) flag(variant, q, tickEnd);
      tickEnd = end;
      const at = lineage.rank - 1;
      arrivals[at] = lineage;
      const reached = looksReached(lineage.exchanges);
      const { harvest } = mergeFindings(lineage.findings);
      const known = new Map([[isConfirmed(harvest, whole.harvest[at] ?? 0), lineage.findings]]);
      const measured = (confirmed: boolean): readonly Finding[] => {
        if (!known.has(confirmed)) known.set(confirmed, measureAgain(lineage, slice, confirmed));
        return known.get(confirmed) ?? [];
      };
      for (const variant of variants) {
        weighAgain(variant, at, { from: looks[at] ?? 0, to: reached }, lineage, measured);
      }
      looks[at] = reached;
      lastFindings[at] = lineage.findings;
    },
    conclude(roster) {
      for (const variant of variants) flag(variant, q, tickEnd);
      return {
        hypotheses: arrivals.map((lineage, at) =>
          hypothesisOf(lineage, lastFindings[at] ?? [], roster),
        ),
        ablations: variants.map(ablationOf),
      };
    },
  };
}

function newVariant(without: string): Variant {
  return { without, coordination: [], harvest: [], flaggedAt: [] };
}

/** Coordination depends on whether harvest is confirmed; it is measured again only where a variant differs in that. */
function measureAgain(lineage: Lineage, slice: Slice, confirmed: boolean): readonly Finding[] {
  const harvests = lineage.findings.filter((finding) => finding.axis === "harvest");
  return [...measureAxis("coordination", { ...slice, harvestConfirmed: confirmed }), ...harvests];
}

function weighAgain(
  variant: Variant,
  at: number,
  looks: { readonly from: number; readonly to: number },
  lineage: Lineage,
  measured: (confirmed: boolean) => readonly Finding[],
): void {
  const spared = (findings: readonly Finding[]): Finding[] =>
    findings.filter((finding) => finding.signal !== variant.without);
  const { harvest } = mergeFindings(spared(lineage.findings));
  const confirmed = isConfirmed(harvest, variant.harvest[at] ?? 0);
  const { coordination } = mergeFindings(spared(measured(confirmed)));
  for (let look = looks.from; look < looks.to; look++) {
    variant.coordination[at] = addLook(variant.coordination[at], look, coordination);
    variant.harvest[at] = addLook(variant.harvest[at], look, harvest);
  }
}

function flag(variant: Variant, q: number, tickEnd: number): void {
  const bits = variant.coordination.map((c, at) => Math.min(c ?? 0, variant.harvest[at] ?? 0));
  const { flagged } = onlineEbh(bits, q);
  for (let at = 0; at < bits.length; at++) {
    variant.flaggedAt[at] ||= flagged[at] === 1 ? tickEnd : 0;
  }
}

function ablationOf({ without, flaggedAt }: Variant): Ablation {
  return {
    without,
    flagged: flaggedAt.flatMap((at, i) => (at > 0 ? [{ rank: i + 1, at: at * 1000 }] : [])),
  };
}

function hypothesisOf(lineage: Lineage, findings: readonly Finding[], roster: Roster): Hypothesis {
  const last = mergeFindings(findings);
  return {
    rank: lineage.rank,
    accounts: [...lineage.accounts.keys()].flatMap(
      (account) => roster.facts(account)?.account ?? [],
    ),
    exchanges: lineage.exchanges,
    coordination_bits: lineage.coordinationBits ?? 0,
    harvest_bits: lineage.harvestBits ?? 0,
    last_coordination_bits: last.coordination,
    last_harvest_bits: last.harvest,
    signals: findings.map(({ signal, bits, foundGroup }) => ({
      signal,
      bits,
      testified: !foundGroup,
    })),
    q_value: lineage.qValue,
    flagged_at: lineage.flaggedAt === 0 ? null : lineage.flaggedAt * 1000,
  };
}
