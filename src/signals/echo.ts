import { z } from "zod";
import { KEY_KINDS } from "../core/key-kind.ts";
import { poissonMixture } from "../stats/poisson-mixture.ts";
import { upperRate } from "../stats/upper-rate.ts";
import { defineSignal, percent, silence } from "./signal.ts";
import type { EchoPair } from "./slice.ts";

/** Answers issued to one account that another presents as its own history. */
export const echo = defineSignal({
  id: "echo",
  title: "One account presents what was issued to another",
  axis: "coordination",
  channel: "output",
  summary:
    "Accounts that present an answer, tool-call id, response id or reasoning signature which was issued to another member and to nobody else, each presenter and each issuer counted once.",
  references: [
    "evidence.md §8",
    "Anthropic, September 2026: cross-session replay of the thinking signature",
  ],
  falsePositives: [
    "pasted public text (left out: presented by more than eight)",
    "a published conversation that many go on with (one issuer counts once)",
    "one person on two or three accounts, key rotation (left out: too few are tied to each other)",
    "a team that declares no organization",
    "an app whose users fork each other's conversations",
  ],
  blindSpots: [
    "operators who never feed answers back",
    "answers that are each replayed through more than eight accounts",
    "logs without answers",
    "sampled logs: 1 % keeps 0.01 % of pairs",
  ],
  needs: "response",
  parameters: z.object({
    cap_bits: z.number().default(60).describe("Most bits"),
    most_own: z
      .number()
      .int()
      .default(3)
      .describe("As many accounts tied to one another may be one person's"),
    least_null_rate: z
      .number()
      .default(0.05)
      .describe(
        "The share of presenting accounts that echo which is taken for ordinary however low the measured one",
      ),
  }),
  measure(slice, { cap_bits, most_own, least_null_rate }) {
    const { presenting, echoing } = slice.surroundings;
    const ordinary = presenting === 0 ? 0 : echoing / presenting;
    const nullRate = Math.min(0.9, Math.max(least_null_rate, upperRate(echoing, presenting)));
    const reference = { median: ordinary, low: ordinary, high: nullRate, n: presenting };
    const folds = new Map(slice.accounts.map((a) => [a.account, a.fold]));
    const isTested = (account: number): boolean => folds.get(account) !== slice.fold;
    const pairs = widelyTied(
      slice.echoes.filter((pair) => isTested(pair.presenter) && isTested(pair.issuer)),
      most_own,
    );
    const tied = new Set(pairs.flatMap((pair) => [pair.presenter, pair.issuer]));
    const events = matched(pairs);
    let trials = 0;
    for (const a of slice.accounts) if (isTested(a.account) && a.presenting > 0) trials += 1;
    trials = Math.max(trials, events);
    if (trials === 0) return silence(0, reference);
    const half = slice.foundBy.has(KEY_KINDS.echo)
      ? " Such pairs gathered the group; counted are those in the half of all pairs that did not."
      : "";
    return {
      bits: Math.min(cap_bits, poissonMixture({ events, trials, nullRate })),
      value: events / trials,
      reference,
      sentence: `${events} of ${trials} accounts that present earlier answers present one that was issued to another member alone, each issuer counted once; outside the group ${percent(ordinary)} of ${presenting} do.${half}`,
      examples: [],
      foundGroup: false,
      ties: { tested: new Set(tied), tied },
    };
  },
});

/** The pairs among more than `most` accounts that echoes tie together, however indirectly. */
function widelyTied(pairs: readonly EchoPair[], most: number): EchoPair[] {
  const root = new Map<number, number>();
  const size = new Map<number, number>();
  const find = (account: number): number => {
    let at = account;
    for (let up = root.get(at); up !== undefined && up !== at; up = root.get(at)) {
      root.set(at, root.get(up) ?? up);
      at = up;
    }
    return at;
  };
  for (const { presenter, issuer } of pairs) {
    const [a, b] = [find(presenter), find(issuer)];
    if (a === b) continue;
    root.set(a, b);
    size.set(b, (size.get(a) ?? 1) + (size.get(b) ?? 1));
  }
  return pairs.filter(({ presenter }) => (size.get(find(presenter)) ?? 1) > most);
}

/** How many pairs can be chosen, first come first, so that no account presents twice and none issues twice: at least half of what is possible. */
function matched(pairs: readonly EchoPair[]): number {
  const presenters = new Set<number>();
  const issuers = new Set<number>();
  for (const { presenter, issuer } of pairs) {
    if (presenters.has(presenter) || issuers.has(issuer)) continue;
    presenters.add(presenter);
    issuers.add(issuer);
  }
  return presenters.size;
}
