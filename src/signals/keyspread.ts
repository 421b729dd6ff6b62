import { z } from "zod";
import { middleNinety } from "../stats/middle-ninety.ts";
import { type AccountHabits, type CredentialSpread, likeInVolume } from "./comparison.ts";
import { standsAbove } from "./drawn-groups.ts";
import { defineDescription } from "./signal.ts";

/** One credential on many networks and with many clients on one day. */
export const keyspread = defineDescription({
  id: "keyspread",
  title: "One credential on many networks and clients at once",
  axis: "coordination",
  channel: "identity",
  summary:
    "The smaller of the numbers of networks and of client strings with which one credential was used on one UTC day, at its widest; the median over the accounts, against others that send about as much.",
  references: [
    "AA26-251A (NSA, CISA, FBI), 2026-09-08: shared credentials over many addresses and user agents",
    "AML.T0012",
  ],
  falsePositives: [
    "CI runners (many networks, one client string: the smaller number is one)",
    "a travelling person with a laptop and a telephone",
    "a team that shares one key",
  ],
  blindSpots: [
    "one client string, or one exit, for all workers",
    "accounts of few requests a day",
    "a credential for every worker",
  ],
  needs: "credential, client.ip and client.user_agent",
  describes: true,
  parameters: z.object({
    least_spread: z
      .number()
      .int()
      .min(2)
      .default(3)
      .describe("Networks and clients of one credential from which it is worth a sentence"),
  }),
  describe({ members, others }, { least_spread }) {
    const own = members.filter(({ spread }) => spread !== undefined);
    const like = likeInVolume(own, others).filter(({ spread }) => spread !== undefined);
    const reference = middleNinety(like.map(width));
    const value = middleNinety(own.map(width)).median;
    const told = value >= least_spread && standsAbove(value, reference);
    const [widest] = own
      .flatMap(({ spread }) => spread ?? [])
      .toSorted((a, b) => narrower(b) - narrower(a) || b.networks - a.networks);
    return {
      value,
      reference,
      sentence: told
        ? `The median of ${own.length} accounts used one credential from ${value} networks and with ${value} client strings or more on one day, the widest from ${widest?.networks} networks with ${widest?.clients}; others who send about as much: ${reference.median} (${reference.low} to ${reference.high}). A team on one key does the same: no evidence.`
        : "",
      examples: told ? (widest?.examples ?? []) : [],
      foundGroup: false,
    };
  },
});

function width({ spread }: AccountHabits): number {
  return spread === undefined ? 0 : narrower(spread);
}

function narrower({ networks, clients }: CredentialSpread): number {
  return Math.min(networks, clients);
}
