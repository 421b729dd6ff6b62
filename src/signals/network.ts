import { z } from "zod";
import { KEY_KINDS } from "../core/key-kind.ts";
import { type AccountHabits, likeInVolume, onePerPayer } from "./comparison.ts";
import { drawnGroups, standsAbove } from "./drawn-groups.ts";
import { defineDescription, percent } from "./signal.ts";
import { widelyHeld } from "./widely-held.ts";

/** Address prefixes in common that few others use. */
export const network = defineDescription({
  id: "network",
  title: "Comes from the same networks",
  axis: "coordination",
  channel: "identity",
  summary:
    "Share of the payers that were on an address prefix (/24, /48) of another payer of the group, prefixes that many accounts use left out, against groups of as many others.",
  references: ["Anthropic, February 2026: proxy networks of 20,000 accounts at a time"],
  falsePositives: [
    "carriers, public exits and clouds (left out: more than one account in a hundred is on them)",
    "an office, a campus, a household",
  ],
  blindSpots: ["a home line for every account", "addresses rotated over networks that many use"],
  needs: "client.ip",
  describes: true,
  parameters: z.object({
    least_accounts: z.number().int().min(4).default(6).describe("Fewest payers to compare"),
    common_share: z
      .number()
      .min(0.001)
      .max(0.5)
      .default(0.01)
      .describe("Share of other accounts from which a network is common, and says nothing"),
    least_share: z
      .number()
      .min(0.05)
      .max(1)
      .default(0.2)
      .describe("Share of the payers from which it is worth a sentence"),
  }),
  describe({ members, others, foundBy, seed }, { common_share, least_accounts, least_share }) {
    const common = widelyHeld(
      others.map(({ networks }) => networks),
      common_share,
    );
    const seen = (accounts: readonly AccountHabits[]): readonly AccountHabits[] =>
      onePerPayer(accounts.filter(({ networks }) => networks.length > 0));
    const own = seen(members);
    const like = likeInVolume(own, seen(others));
    const share = (accounts: readonly AccountHabits[]): number => {
      const holders = holdersOf(accounts, common);
      const sharing = accounts.filter(({ networks }) =>
        networks.some((prefix) => (holders.get(prefix) ?? 0) > 1),
      );
      return sharing.length / Math.max(1, accounts.length);
    };
    const { value, reference, size } = drawnGroups({ members: own, others: like, seed }, share);
    const told = size >= least_accounts && value >= least_share && standsAbove(value, reference);
    const shared = [...holdersOf(own.slice(0, size), common).values()].filter((n) => n > 1).length;
    return {
      value,
      reference,
      sentence: told
        ? `${percent(value)} of ${size} payers were on a network of another of them, ${shared} uncommon networks in all; in groups of as many others it is ${percent(reference.median)} (${percent(reference.low)} to ${percent(reference.high)}). One office or campus does the same: no evidence.`
        : "",
      examples: [],
      foundGroup: foundBy.has(KEY_KINDS.network),
    };
  },
});

/** How many accounts were on each network that is not common. */
function holdersOf(
  accounts: readonly AccountHabits[],
  common: ReadonlySet<string>,
): ReadonlyMap<string, number> {
  const holders = new Map<string, number>();
  for (const { networks } of accounts) {
    for (const prefix of networks) {
      if (!common.has(prefix)) holders.set(prefix, (holders.get(prefix) ?? 0) + 1);
    }
  }
  return holders;
}
