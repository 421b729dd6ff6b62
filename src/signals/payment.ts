import { z } from "zod";
import { KEY_KINDS } from "../core/key-kind.ts";
import { poissonMixture } from "../stats/poisson-mixture.ts";
import { upperRate } from "../stats/upper-rate.ts";
import { defineSignal, percent, silence } from "./signal.ts";
import { byPayer } from "./slice.ts";

/** Cards, phones and devices shared by parties that claim to be strangers. */
export const payment = defineSignal({
  id: "payment",
  title: "Pays, signs up or verifies with the same means",
  axis: "coordination",
  channel: "identity",
  summary:
    "Payers of the group that share a phone or device with another payer of the group, against the rate among everyone else. What one card pays for has one payer, and says nothing by itself.",
  references: ["Anthropic, February 2026: shared payment methods", "AML.T0021", "evidence.md §8"],
  falsePositives: [
    "families with a card each on one device",
    "a workplace that verifies by one phone",
  ],
  blindSpots: [
    "a card, phone and device for every account",
    "cards that pay for many accounts and have nothing else in common",
    "logs without account facts",
  ],
  needs: "accounts: payment, phone or device",
  parameters: z.object({
    cap_bits: z.number().default(40).describe("Most bits"),
    least_null_rate: z
      .number()
      .default(0.02)
      .describe("The rate of sharing that is taken for ordinary however low the measured one"),
  }),
  measure(slice, { cap_bits, least_null_rate }) {
    const found = [KEY_KINDS.payment, KEY_KINDS.phone, KEY_KINDS.device].some((k) =>
      slice.foundBy.has(k),
    );
    const { identified, sharing } = slice.surroundings;
    const ordinary = identified === 0 ? 0 : sharing / identified;
    const nullRate = Math.min(
      0.9,
      Math.max(least_null_rate, identified === 0 ? 0 : upperRate(sharing, identified)),
    );
    const reference = { median: ordinary, low: ordinary, high: nullRate, n: identified };
    let trials = 0;
    let events = 0;
    const tested = new Set<number>();
    const tied = new Set<number>();
    const index = new Map(slice.accounts.map(({ account }, i) => [account, i]));
    for (const accounts of byPayer(slice.accounts)) {
      const known = accounts.filter(
        ({ account }) => slice.identity[index.get(account)!]?.has === true,
      );
      if (accounts[0]!.fold === slice.fold || known.length === 0) continue;
      trials += 1;
      for (const { account } of known) tested.add(account);
      const shares = known.filter(({ account }) => slice.identity[index.get(account)!]!.shares);
      if (shares.length === 0) continue;
      events += 1;
      for (const { account } of known) tied.add(account);
    }
    const value = trials === 0 ? 0 : events / trials;
    if (trials < 2) return silence(value, reference, found);
    // Sharers come in pairs at least: a pair is one coincidence, not two.
    const bits = Math.min(
      cap_bits,
      poissonMixture({ events: Math.floor(events / 2), trials: Math.ceil(trials / 2), nullRate }),
    );
    return {
      bits: found ? 0 : bits,
      value,
      reference,
      sentence: `${events} of ${trials} payers (${percent(value)}) share a payment, phone or device fingerprint with another payer of the group; outside it ${percent(ordinary)} of ${identified} do.`,
      examples: [],
      foundGroup: found,
      ties: { tested, tied },
    };
  },
});
