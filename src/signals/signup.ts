import { z } from "zod";
import { type AccountHabits, onePerPayer } from "./comparison.ts";
import { densestShare } from "../stats/densest-share.ts";
import { drawnGroups, standsAbove } from "./drawn-groups.ts";
import { defineDescription, percent } from "./signal.ts";

const HOUR = 3600;
/** How much oftener than among others a mail domain or a programme must be, and how often at least, to be mentioned. */
const LIFT = 3;
const LEAST_MENTIONED = 0.3;

/** Sign-ups in a burst, on throw-away mail, in a free programme. */
export const signup = defineDescription({
  id: "signup",
  title: "Signed up in a burst",
  axis: "coordination",
  channel: "identity",
  summary:
    "Share of the payers that signed up within the same three days, against groups of as many others; and, where they are much oftener than elsewhere, mail domains that no established account has, and programmes.",
  references: ["Anthropic, February 2026: accounts created in bursts", "AML.T0021"],
  falsePositives: [
    "a launch, a campaign, a workshop (others sign up in the same days)",
    "a class that is enrolled on one day through a programme",
    "a company that sets up its seats",
  ],
  blindSpots: ["accounts bought aged, or made over months", "logs without account facts"],
  needs: "accounts: created",
  describes: true,
  parameters: z.object({
    hours: z.number().int().min(1).default(72).describe("Length of a burst"),
    least_accounts: z.number().int().min(4).default(6).describe("Fewest payers to compare"),
    least_share: z
      .number()
      .min(0.05)
      .max(1)
      .default(0.2)
      .describe("Share of the payers in the densest burst from which it is worth a sentence"),
  }),
  describe({ members, others, seed }, { hours, least_accounts, least_share }) {
    const known = (accounts: readonly AccountHabits[]): readonly AccountHabits[] =>
      onePerPayer(accounts.filter(({ created }) => created > 0));
    const [own, around] = [known(members), known(others)];
    const { value, reference, size } = drawnGroups({ members: own, others: around, seed }, (set) =>
      densestShare(
        set.map(({ created }) => created),
        hours * HOUR,
      ),
    );
    const told = size >= least_accounts && value >= least_share && standsAbove(value, reference);
    return {
      value,
      reference,
      sentence: told
        ? `${percent(value)} of ${size} payers signed up within the same ${hours} hours; in groups of as many others it is ${percent(reference.median)} (${percent(reference.low)} to ${percent(reference.high)}).${besides(own, around)} A class or a launch does the same: no evidence.`
        : "",
      examples: [],
      foundGroup: false,
    };
  },
});

/** What else is far oftener among them than among others. */
function besides(own: readonly AccountHabits[], others: readonly AccountHabits[]): string {
  const trusted = new Set(others.filter((a) => a.established).map(({ mailDomain }) => mailDomain));
  const traits = [
    {
      what: "have mail of a domain that no established account has",
      shows: (a: AccountHabits) => a.mailDomain !== "" && !trusted.has(a.mailDomain),
    },
    { what: "came through a programme", shows: (a: AccountHabits) => a.program !== "" },
  ];
  return traits
    .map(({ what, shows }) => {
      const here = own.filter(shows).length / Math.max(1, own.length);
      const there = others.filter(shows).length / Math.max(1, others.length);
      const worth = here >= LEAST_MENTIONED && here > LIFT * there;
      return worth ? ` ${percent(here)} ${what}, ${percent(there)} of others.` : "";
    })
    .join("");
}
