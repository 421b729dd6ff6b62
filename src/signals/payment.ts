import { z } from "zod";
import { KEY_KINDS } from "../core/key-kind.ts";
import { log2Sum } from "../stats/log2-sum.ts";
import { poissonMixture } from "../stats/poisson-mixture.ts";
import { upperRate } from "../stats/upper-rate.ts";
import { defineSignal, percent, silence } from "./signal.ts";
import { byPayer, type Slice, type SliceAccount, tested } from "./slice.ts";

/** Cards, phones and devices shared by parties that claim to be strangers. */
export const payment = defineSignal({
  id: "payment",
  title: "Pays, signs up or verifies with the same means",
  axis: "coordination",
  channel: "identity",
  summary:
    "Payers of the group that pay for several of its accounts, or share a phone or device with another payer of it, against the rates among everyone else. A team that one card pays for is one payer, however many its seats.",
  references: ["Anthropic, February 2026: shared payment methods", "AML.T0021", "evidence.md §8"],
  falsePositives: [
    "teams of seats that use one tool, a card each team",
    "families with a card each on one device",
    "a workplace that verifies by one phone",
  ],
  blindSpots: [
    "a card, phone and device for every account",
    "one or two cards for all accounts",
    "logs without account facts",
  ],
  needs: "accounts: payment, phone or device",
  parameters: z.object({
    cap_bits: z.number().default(40).describe("Most bits"),
    least_linked: z
      .number()
      .default(0.02)
      .describe("The rate of payers linked to another that is taken for ordinary at the least"),
    least_several: z
      .number()
      .default(0.1)
      .describe(
        "The rate of payers of several accounts that is taken for ordinary at the least: teams do",
      ),
  }),
  measure(slice, { cap_bits, least_linked, least_several }) {
    const found = [KEY_KINDS.payment, KEY_KINDS.phone, KEY_KINDS.device].some((k) =>
      slice.foundBy.has(k),
    );
    const { identified, sharing, several } = slice.surroundings;
    const rateOf = (events: number, least: number): number =>
      Math.min(0.9, Math.max(least, identified === 0 ? 0 : upperRate(events, identified)));
    const ordinary = identified === 0 ? 0 : (sharing + several) / identified;
    const reference = {
      median: ordinary,
      low: ordinary,
      high: Math.max(rateOf(sharing, least_linked), rateOf(several, least_several)),
      n: identified,
    };
    const payers = payersOf(slice);
    const accountsOf = (some: readonly Payer[]): Set<number> =>
      new Set(some.flatMap(({ accounts }) => accounts));
    const linked = payers.filter((payer) => payer.linked);
    const ofSeveral = payers.filter((payer) => payer.accounts.length > 1);
    const telling = payers.filter((payer) => payer.linked || payer.accounts.length > 1);
    const trials = payers.length;
    const value = trials === 0 ? 0 : telling.length / trials;
    if (trials < 2) return silence(value, reference, found);
    // The linked come in pairs at least: a pair is one coincidence, not two.
    const links = poissonMixture({
      events: Math.floor(linked.length / 2),
      trials: Math.ceil(trials / 2),
      nullRate: rateOf(sharing, least_linked),
    });
    const holdings = poissonMixture({
      events: ofSeveral.length,
      trials,
      nullRate: rateOf(several, least_several),
    });
    return {
      bits: found ? 0 : Math.min(cap_bits, log2Sum([links, holdings]) - 1),
      value,
      reference,
      sentence: `${telling.length} of ${trials} payers (${percent(value)}) pay for several accounts of the group or share a payment, phone or device fingerprint with another payer of it; outside it ${percent(ordinary)} of ${identified} do.`,
      examples: [],
      foundGroup: found,
      ties: { tested: accountsOf(payers), tied: accountsOf(telling) },
    };
  },
});

/** A payer of the group of whose accounts something is known. */
interface Payer {
  readonly accounts: readonly number[];
  /** True where a card, phone or device is another payer's too. */
  readonly linked: boolean;
}

/** Declared organizations are left out: what they hold is no secret. */
function payersOf(slice: Slice): readonly Payer[] {
  const index = new Map(slice.accounts.map(({ account }, i) => [account, i]));
  const identity = ({ account }: SliceAccount): Slice["identity"][number] | undefined =>
    slice.identity[index.get(account) ?? -1];
  return byPayer(tested(slice))
    .map((own) => own.filter((account) => identity(account)?.has === true))
    .filter((own) => own.length > 0 && identity(own[0]!)?.declared === false)
    .map((own) => ({
      accounts: own.map(({ account }) => account),
      linked: own.some((account) => identity(account)?.shares === true),
    }));
}
