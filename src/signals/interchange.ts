import { z } from "zod";
import { interchange as measureInterchange, INTERCHANGE_PARAMETERS } from "../stats/interchange.ts";
import { contentSums, SKETCH_DIMENSION } from "./content-sketch.ts";
import { itemRepeats } from "./item-repeats.ts";
import { defineSignal, silence, type Ties } from "./signal.ts";
import { selected } from "./slice.ts";

/** Exchangeable contents are about all accounts that have some. */
function everybody(accounts: readonly number[]): Ties {
  const all = new Set(accounts);
  return { tested: all, tied: all };
}

/** Whether knowing the account tells anything about the request. */
export const interchange = defineSignal({
  id: "interchange",
  title: "Who asks tells nothing about what is asked",
  axis: "coordination",
  channel: "content",
  summary:
    "Similarity of contents within an account beyond that between accounts (θ), keys and common words masked. People have subjects of their own; a dispatcher deals work to whichever account is free.",
  references: ["evidence.md §6", "Waudby-Smith & Ramdas 2024 (betting)"],
  falsePositives: [
    "one exercise sheet or benchmark (abstains)",
    "an app that writes its users' prompts",
    "one undeclared company",
  ],
  blindSpots: ["operators who give each account a subject of its own", "one request an account"],
  needs: "request",
  parameters: z.object({
    list_share: z
      .number()
      .min(0)
      .max(1)
      .default(0.5)
      .describe(
        "Share of uses by accounts covering a tenth of the items from which a list explains the group",
      ),
    cap_bits: z.number().default(10).describe("Most bits alone"),
    confirmed_cap_bits: z
      .number()
      .default(30)
      .describe("Most bits once harvest is confirmed and no list explains the group"),
  }),
  measure(slice, { list_share, cap_bits, confirmed_cap_bits }) {
    const reference = { median: 0.067, low: 0.024, high: 0.085, n: 0 };
    const { sums, counts, accounts } = contentSums(slice);
    const list = itemRepeats(slice).listShare > list_share;
    const capBits = slice.harvestConfirmed && !list ? confirmed_cap_bits : cap_bits;
    const result = measureInterchange({
      sums,
      counts,
      payers: Uint32Array.from(accounts, ({ payer }) => payer),
      dimension: SKETCH_DIMENSION,
      parameters: { ...INTERCHANGE_PARAMETERS, capBits },
    });
    if (list || result.accounts < 2) return silence(result.theta, reference);
    return {
      bits: result.bits,
      value: result.theta,
      reference,
      sentence: `Knowing the account explains ${Number(result.theta.toFixed(3))} of what is asked (± ${result.thetaStandardError.toFixed(3)}, ${result.accounts} accounts); people of one app or tool show .024 to .085.`,
      examples: accounts.slice(0, 5).flatMap((a) =>
        selected(slice, a)
          .slice(0, 1)
          .map((x) => x.id),
      ),
      foundGroup: false,
      ties: everybody(accounts.filter((_, i) => counts[i]! >= 2).map((a) => a.account)),
    };
  },
});
