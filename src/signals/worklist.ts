import { z } from "zod";
import { KEY_KINDS } from "../core/key-kind.ts";
import { effectiveAccounts } from "../stats/effective-accounts.ts";
import { worklist as measureWorklist } from "../stats/worklist.ts";
import { itemRepeats } from "./item-repeats.ts";
import { defineSignal, percent, silence } from "./signal.ts";

/** Items dealt out of one list: each the same few times. */
export const worklist = defineSignal({
  id: "worklist",
  title: "Items repeat as if dealt from one list",
  axis: "coordination",
  channel: "content",
  summary:
    "Under a shared skeleton, how many accounts each item goes to: more regular than any mixture of independent choices.",
  references: ["evidence.md §7", "Wasserman, Ramdas & Balakrishnan 2020 (universal inference)"],
  falsePositives: [
    "exercise sheets",
    "benchmarks, also half-run (accounts that cover a tenth of the items are left out)",
  ],
  blindSpots: ["one pass over a list", "items that are rewritten each time"],
  needs: "request",
  parameters: z.object({
    cap_bits: z.number().default(30).describe("Most bits"),
    list_share: z
      .number()
      .min(0)
      .max(1)
      .default(0.5)
      .describe(
        "Abstains where accounts covering a tenth of the items make this share of the uses",
      ),
  }),
  measure(slice, { cap_bits, list_share }) {
    const reference = { median: 1, low: 1, high: 1, n: 0 };
    if (slice.foundBy.has(KEY_KINDS.item)) return silence(0, reference, true);
    const { halves, uses, listShare, items, ties } = itemRepeats(slice);
    if (listShare > list_share || uses.length < 2) return silence(listShare, reference);
    const result = measureWorklist({
      first: halves[0],
      second: halves[1],
      effectiveAccounts: effectiveAccounts(Uint32Array.from(uses)),
      capBits: cap_bits,
    });
    return {
      bits: result.bits,
      value: result.mode,
      reference,
      sentence: `${percent(result.modeShare)} of ${items} items went to exactly ${result.mode} of ${uses.length} accounts: more regular than independent choices can be.`,
      examples: [],
      foundGroup: false,
      ties,
    };
  },
});
