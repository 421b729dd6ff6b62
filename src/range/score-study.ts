import type { Ablation, Hypothesis, Study } from "../core/hypothesis.ts";
import { attributed, exchangesUntil, isPositive, ownersOf, sizesOf } from "./score-scan.ts";
import type { Census } from "./score-census.ts";
import type { Truth } from "./world.ts";

/** A hypothesis against what was true of its accounts. */
export interface HypothesisScore {
  /** True where more than half of its accounts serve an operation. */
  readonly positive: boolean;
  /** The look-alike family of most of its accounts; `people` where most are in none, `several` where no one family has half. */
  readonly family: string;
  /** True where most of its accounts pay, call or sign in with what another of them uses: one owner, and no independent parties. */
  readonly oneOwner: boolean;
  readonly accounts: number;
  readonly exchanges: number;
  readonly flagged: boolean;
  readonly qValue: number;
  /** Merged evidence of the last look, and running evidence over all, bits. */
  readonly coordination: number;
  readonly harvest: number;
  readonly running: number;
  /** Bits of the last look by signal; a signal that could not testify is left out. */
  readonly signals: Readonly<Record<string, number>>;
}

/** What would have been found without one signal, before members are chosen; `without` is empty for all signals. */
export interface AblationScore {
  readonly without: string;
  /** By operation found: its own exchanges before the first flag. */
  readonly found: Readonly<Record<string, number>>;
  readonly flagged: number;
  readonly falseFlags: number;
}

/** Everything tested in a world, against the truth. */
export interface StudyScore {
  readonly hypotheses: readonly HypothesisScore[];
  readonly ablations: readonly AblationScore[];
}

/** Scores what was tested, whether or not anything was said of it. */
export function scoreStudy(study: Study, truth: Truth, census: Census): StudyScore {
  const owners = ownersOf(truth);
  const families = new Map(
    truth.lookalikes.flatMap(({ family, accounts }) =>
      accounts.map((account) => [account, family] as const),
    ),
  );
  return {
    hypotheses: study.hypotheses.map((hypothesis) =>
      scoreHypothesis(hypothesis, isPositive(hypothesis, owners), families, census),
    ),
    ablations: study.ablations.map((ablation) =>
      scoreAblation(ablation, study.hypotheses, truth, owners),
    ),
  };
}

function scoreHypothesis(
  hypothesis: Hypothesis,
  positive: boolean,
  families: ReadonlyMap<string, string>,
  census: Census,
): HypothesisScore {
  return {
    positive,
    family: familyOf(hypothesis.accounts, families),
    oneOwner: isOneOwner(hypothesis.accounts, census),
    accounts: hypothesis.accounts.length,
    exchanges: hypothesis.exchanges,
    flagged: hypothesis.flagged_at !== null,
    qValue: hypothesis.q_value,
    coordination: rounded(hypothesis.last_coordination_bits),
    harvest: rounded(hypothesis.last_harvest_bits),
    running: rounded(Math.min(hypothesis.coordination_bits, hypothesis.harvest_bits)),
    signals: Object.fromEntries(
      hypothesis.signals
        .filter(({ testified }) => testified)
        .map(({ signal, bits }) => [signal, rounded(bits)]),
    ),
  };
}

function familyOf(accounts: readonly string[], families: ReadonlyMap<string, string>): string {
  const counts = new Map<string, number>();
  for (const account of accounts) {
    const family = families.get(account) ?? "people";
    counts.set(family, (counts.get(family) ?? 0) + 1);
  }
  const [first] = [...counts].toSorted((a, b) => b[1] - a[1]);
  return first !== undefined && 2 * first[1] >= accounts.length ? first[0] : "several";
}

function isOneOwner(accounts: readonly string[], census: Census): boolean {
  const holders = new Map<string, number>();
  const means = accounts.map((account) => census.get(account)?.means ?? []);
  for (const mean of means.flat()) holders.set(mean, (holders.get(mean) ?? 0) + 1);
  const sharing = means.filter((own) => own.some((mean) => (holders.get(mean) ?? 0) > 1));
  return 2 * sharing.length > accounts.length;
}

function scoreAblation(
  ablation: Ablation,
  hypotheses: readonly Hypothesis[],
  truth: Truth,
  owners: ReadonlyMap<string, readonly string[]>,
): AblationScore {
  const byRank = new Map(hypotheses.map((hypothesis) => [hypothesis.rank, hypothesis]));
  const sizes = sizesOf(truth);
  const first = new Map<string, number>();
  let falseFlags = 0;
  for (const { rank, at } of ablation.flagged) {
    const hypothesis = byRank.get(rank);
    if (hypothesis === undefined) continue;
    if (!isPositive(hypothesis, owners)) falseFlags += 1;
    for (const id of attributed(hypothesis, owners, sizes)) {
      first.set(id, Math.min(first.get(id) ?? Infinity, at));
    }
  }
  const found = truth.campaigns.flatMap((campaign) => {
    const at = first.get(campaign.id);
    return at === undefined ? [] : [[campaign.id, exchangesUntil(campaign, at)] as const];
  });
  return {
    without: ablation.without,
    found: Object.fromEntries(found),
    flagged: ablation.flagged.length,
    falseFlags,
  };
}

function rounded(bits: number): number {
  return Math.round(bits * 1000) / 1000;
}
