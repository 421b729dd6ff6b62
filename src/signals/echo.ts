import { z } from "zod";
import { KEY_KINDS } from "../core/key-kind.ts";
import { poissonMixture } from "../stats/poisson-mixture.ts";
import { upperRate } from "../stats/upper-rate.ts";
import { defineSignal, silence } from "./signal.ts";

/** Answers issued to one account that another presents as its own history. */
export const echo = defineSignal({
  id: "echo",
  title: "One account presents what was issued to another",
  axis: "coordination",
  channel: "output",
  summary:
    "Ordered pairs of member accounts in which an answer, tool-call id, response id or reasoning signature issued to one and to nobody else comes back in the other's request.",
  references: [
    "evidence.md §8",
    "Anthropic, September 2026: cross-session replay of the thinking signature",
  ],
  falsePositives: [
    "pasted public text (left out: presented by many)",
    "one person on two products",
    "key rotation",
    "a team",
  ],
  blindSpots: [
    "operators who never feed answers back",
    "logs without answers",
    "sampled logs: 1 % keeps 0.01 % of pairs",
  ],
  needs: "response",
  parameters: z.object({
    cap_bits: z.number().default(60).describe("Most bits"),
    most_presenters: z
      .number()
      .int()
      .default(3)
      .describe("A piece presented by more accounts outside the group is public"),
    least_null_rate: z
      .number()
      .default(0.01)
      .describe(
        "The rate of echoing pairs a conversation that is taken for ordinary however low the measured one",
      ),
  }),
  measure(slice, { cap_bits, most_presenters, least_null_rate }) {
    const found = slice.foundBy.has(KEY_KINDS.echo);
    const { presenting, echoing } = slice.surroundings;
    const ordinary = presenting === 0 ? 0 : echoing / presenting;
    const nullRate = Math.min(
      0.9,
      Math.max(least_null_rate, presenting === 0 ? 0 : upperRate(echoing, presenting)),
    );
    const reference = { median: ordinary, low: ordinary, high: nullRate, n: presenting };
    const folds = new Map(slice.accounts.map((a) => [a.account, a.fold]));
    let trials = 0;
    for (const account of slice.accounts)
      if (account.fold !== slice.fold) trials += account.presenting;
    let events = 0;
    const tied = new Set<number>();
    for (const pair of slice.echoes) {
      if (pair.issuers !== 1 || pair.presenters > most_presenters + slice.accounts.length) continue;
      if (folds.get(pair.presenter) === slice.fold || folds.get(pair.issuer) === slice.fold)
        continue;
      events += 1;
      tied.add(pair.presenter).add(pair.issuer);
    }
    trials = Math.max(trials, events);
    if (trials === 0) return silence(0, reference, found);
    const bits = Math.min(cap_bits, poissonMixture({ events, trials, nullRate }));
    return {
      bits: found ? 0 : bits,
      value: events / trials,
      reference,
      sentence: `In ${events} ordered pairs of member accounts one presented an answer that was issued only to the other, in ${trials} conversations that present an earlier answer; outside the group ${echoing} in ${presenting}.`,
      examples: [],
      foundGroup: found,
      ties: { tested: new Set(tied), tied },
    };
  },
});
