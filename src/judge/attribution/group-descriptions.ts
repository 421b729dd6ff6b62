import type { Evidence } from "../../core/assessment.ts";
import { DESCRIBING_SIGNALS } from "../../signals/all-signals.ts";
import type { Warehouse } from "../../warehouse/open-warehouse.ts";
import { DEFAULT_CONFIGURATION, type SignalParameters } from "../configuration.ts";
import { readHabits } from "../read-habits.ts";
import type { Roster } from "../roster.ts";
import type { Reported } from "./choose-groups.ts";
import type { Replays } from "./group-replays.ts";

/** What describing needs; the groups must stand in the warehouse's `reported` table. */
export interface GroupDescriptionsInput {
  readonly warehouse: Warehouse;
  readonly roster: Roster;
  readonly seed: number;
  readonly parameters?: SignalParameters | undefined;
}

/**
 * What the describing signals tell of each reported group, in order: findings that stand out, of 0 bits. They are
 * measured here alone, on whole accounts and from the warehouse's sums, so that they cost the ticks nothing.
 */
export async function groupDescriptions(
  input: GroupDescriptionsInput,
  said: readonly Reported[],
): Promise<readonly (readonly Evidence[])[]> {
  const { warehouse, roster, seed, parameters = DEFAULT_CONFIGURATION.parameters } = input;
  const all = await readHabits(warehouse, roster);
  return said.map(({ lineage, members }) => {
    const comparison = {
      members: all.filter(({ account }) => members.has(account)).map(({ habits }) => habits),
      others: all
        .filter(({ account, sampled }) => sampled && !members.has(account))
        .map(({ habits }) => habits),
      foundBy: lineage.foundBy,
      seed,
    };
    return DESCRIBING_SIGNALS.flatMap((signal): Evidence[] => {
      const told = signal.describe(comparison, parameters.get(signal.id));
      if (told.sentence === "") return [];
      return [
        {
          signal: signal.id,
          axis: signal.axis,
          channel: signal.channel,
          bits: 0,
          found_group: told.foundGroup,
          describes: true,
          sentence: told.sentence,
          value: Math.round(told.value * 1e4) / 1e4,
          reference: told.reference,
          examples: told.examples,
        },
      ];
    });
  });
}

/** A group's evidence with what is told after what is weighed, by axis; echo says what of it were replays. */
export function withDescriptions(
  evidence: readonly Evidence[],
  descriptions: readonly Evidence[],
  replays: Replays | undefined,
): readonly Evidence[] {
  const weighed = evidence.map((finding) =>
    finding.signal === "echo" && replays !== undefined
      ? {
          ...finding,
          sentence: finding.sentence + replays.sentence,
          examples: [...new Set([...replays.examples, ...finding.examples])].slice(0, 5),
        }
      : finding,
  );
  return [...weighed, ...descriptions].toSorted((a, b) =>
    a.axis < b.axis ? -1 : a.axis > b.axis ? 1 : 0,
  );
}
