import { z } from "zod";
import { KEY_KINDS } from "../core/key-kind.ts";
import { poissonMixture } from "../stats/poisson-mixture.ts";
import { upperRate } from "../stats/upper-rate.ts";
import { defineSignal, percent, silence } from "./signal.ts";

/** Cards, phones and devices shared by parties that claim to be strangers. */
export const payment = defineSignal({
  id: "payment",
  title: "Pays, signs up or verifies with the same means",
  axis: "coordination",
  channel: "identity",
  summary:
    "Parties of the group that share a payment, phone or device fingerprint with another party of the group, against the rate among everyone else.",
  references: ["Anthropic, February 2026: shared payment methods", "AML.T0021", "evidence.md §8"],
  falsePositives: ["families and small offices on one card", "a university paying for a class"],
  blindSpots: ["a card, phone and device for every account", "logs without account facts"],
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
    for (const [i, account] of slice.accounts.entries()) {
      const own = slice.identity[i];
      if (account.fold === slice.fold || own?.has !== true) continue;
      trials += 1;
      tested.add(account.account);
      if (!own.shares) continue;
      events += 1;
      tied.add(account.account);
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
      sentence: `${events} of ${trials} parties (${percent(value)}) share a payment, phone or device fingerprint with another party of the group; outside it ${percent(ordinary)} of ${identified} do.`,
      examples: [],
      foundGroup: found,
      ties: { tested, tied },
    };
  },
});
