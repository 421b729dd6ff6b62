import { launch, type Blueprint } from "../../src/range/campaigns/blueprint.ts";
import type { Dials } from "../../src/range/dials.ts";
import { mergeByTime } from "../../src/range/merge-by-time.ts";
import { makeRandom } from "../../src/range/random.ts";
import { DAY, type AccountLine, type Draft, type Part, type Span } from "../../src/range/world.ts";

/** Two weeks from a Sunday. */
export const SPAN: Span = { from: Date.UTC(2026, 10, 1), until: Date.UTC(2026, 10, 15) };

/** One exchange of a run. */
export interface Sent {
  readonly time: number;
  readonly draft: Draft;
}

/** What a part sent. */
export interface Run {
  readonly part: Part;
  /** In time order, within the span. */
  readonly sent: readonly Sent[];
  /** Those that are an operation's. */
  readonly own: readonly Sent[];
  readonly lines: ReadonlyMap<string, AccountLine>;
}

/** Runs a part alone. */
export function runPart(part: Part, span: Span = SPAN): Run {
  const sent = [...mergeByTime(part.actors)].filter(({ time }) => time < span.until);
  return {
    part,
    sent,
    own: sent.filter(({ draft }) => draft.campaign !== undefined),
    lines: new Map(part.accounts.map((line) => [line.account, line])),
  };
}

/** Runs a blueprint over the whole span with forty accounts. */
export function runBlueprint(blueprint: Blueprint, dials: Partial<Dials>, accounts = 40): Run {
  return runPart(
    launch(makeRandom("operation"), blueprint, {
      span: SPAN,
      id: "op",
      accounts,
      window: { from: SPAN.from + DAY / 2, until: SPAN.until },
      dials,
    }),
  );
}

/** Exchanges by account. */
export function byAccount(sent: readonly Sent[]): Map<string, Sent[]> {
  const groups = new Map<string, Sent[]>();
  for (const one of sent) {
    const group = groups.get(one.draft.account);
    if (group === undefined) groups.set(one.draft.account, [one]);
    else group.push(one);
  }
  return groups;
}

/** Mean and standard deviation over mean. */
export function spread(values: readonly number[]): { readonly mean: number; readonly cv: number } {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, cv: Math.sqrt(variance) / mean };
}
