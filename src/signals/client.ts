import { z } from "zod";
import { KEY_KINDS } from "../core/key-kind.ts";
import { widelyHeld } from "./widely-held.ts";
import { type AccountHabits, onePerPayer } from "./comparison.ts";
import { drawnGroups, standsAbove } from "./drawn-groups.ts";
import { defineDescription, percent } from "./signal.ts";

/** One uncommon client string, TLS fingerprint included, on most accounts. */
export const client = defineDescription({
  id: "client",
  title: "Uses the same uncommon client",
  axis: "coordination",
  channel: "identity",
  summary:
    "Largest share of the payers whose commonest client string and TLS fingerprint are the same, those that many accounts use left out, against groups of as many others.",
  references: ["AA26-251A (NSA, CISA, FBI), 2026-09-08: metadata sanitization"],
  falsePositives: [
    "users of a popular SDK or browser (left out: more than one account in ten uses it)",
    "users of one uncommon app",
    "a workplace that updates all machines at once",
  ],
  blindSpots: ["a popular client string", "client strings drawn anew for every account"],
  needs: "client.user_agent or client.ja4",
  describes: true,
  parameters: z.object({
    least_accounts: z.number().int().min(4).default(6).describe("Fewest payers to compare"),
    common_share: z
      .number()
      .min(0.01)
      .max(0.5)
      .default(0.1)
      .describe("Share of other accounts from which a client is common, and says nothing"),
    least_share: z
      .number()
      .min(0.05)
      .max(1)
      .default(0.3)
      .describe("Share of the payers from which it is worth a sentence"),
  }),
  describe({ members, others, foundBy, seed }, { common_share, least_accounts, least_share }) {
    const usual = ({ clients }: AccountHabits): readonly string[] => clients.slice(0, 1);
    const common = widelyHeld(others.map(usual), common_share);
    const share = (accounts: readonly AccountHabits[]): number => {
      const holders = new Map<string, number>();
      let most = 0;
      for (const name of accounts.flatMap(usual)) {
        if (common.has(name)) continue;
        const n = (holders.get(name) ?? 0) + 1;
        holders.set(name, n);
        most = Math.max(most, n);
      }
      return most / Math.max(1, accounts.length);
    };
    const seen = (accounts: readonly AccountHabits[]): readonly AccountHabits[] =>
      onePerPayer(accounts.filter(({ clients }) => clients.length > 0));
    const { value, reference, size } = drawnGroups(
      { members: seen(members), others: seen(others), seed },
      share,
    );
    const told = size >= least_accounts && value >= least_share && standsAbove(value, reference);
    return {
      value,
      reference,
      sentence: told
        ? `${percent(value)} of ${size} payers mostly use one client string and TLS fingerprint that few others use; in groups of as many others the commonest such client has ${percent(reference.median)} (${percent(reference.low)} to ${percent(reference.high)}). Users of one app do the same: no evidence.`
        : "",
      examples: [],
      foundGroup: foundBy.has(KEY_KINDS.client),
    };
  },
});
