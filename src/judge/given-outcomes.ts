import type { GivenOutcome } from "../core/hypothesis.ts";
import { givenBits, type GivenTrial } from "./given-groups.ts";
import type { Judge } from "./judge.ts";
import { membersOf } from "./members-of.ts";
import type { Roster } from "./roster.ts";

/** What the given groups took, once all traffic was judged. `roster` gives the accounts' names. */
export function givenOutcomes(judge: Judge, roster: Roster): readonly GivenOutcome[] {
  return judge.given.map((trial) => outcomeOf(trial, judge, roster));
}

function outcomeOf(trial: GivenTrial, judge: Judge, roster: Roster): GivenOutcome {
  const { id, whole, passed } = trial;
  const { coordination, harvest } = givenBits(trial);
  judge.describe(whole);
  return {
    id,
    coordination_bits: coordination,
    harvest_bits: harvest,
    flagged_at: timeOf(passed.alone),
    coordinated_at: timeOf(passed.coordination),
    harvested_at: timeOf(passed.harvest),
    flagged_in_order_at: timeOf(passed.inOrder),
    coordinated_in_order_at: timeOf(passed.coordinationInOrder),
    signals: whole.findings.map(({ signal, bits, foundGroup }) => ({
      signal,
      bits,
      testified: !foundGroup,
    })),
    members: [...membersOf(whole)].flatMap((account) => roster.facts(account)?.account ?? []),
  };
}

function timeOf(seconds: number): number | null {
  return seconds === 0 ? null : seconds * 1000;
}
