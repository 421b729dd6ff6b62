import { counted } from "../core/counted.ts";
import type { BrokenGlass } from "../ledger/review/broken-glass.ts";
import { type Alert, severityOf } from "./alert.ts";

/** What is told of a step that somebody took breaking glass. Not the reason: it may name accounts, and is in the case. */
export function glassAlert(broken: BrokenGlass, link: string | null): Alert {
  const { proposal, step, by, ends, over, time, lineage, case: id } = broken;
  const accounts = broken.accounts.length;
  const changes = ["broke_glass"] as const;
  return {
    id: `glass_p${proposal}`,
    sequence: 1,
    class: "people",
    severity: severityOf(changes),
    changes,
    title: `${by} broke glass in case ${id}: ${step} for ${counted(accounts, "account")}, taken alone, until ${ends}`,
    time,
    reasons: [
      ...(over.length === 0
        ? []
        : [`It reaches further than the rules allow: ${over.join(", ")}.`]),
      `Somebody else has to look at it: stillwatch case approve p${proposal}, or POST /v1/proposals/p${proposal}/approval.`,
    ],
    link: link === null ? null : link.replaceAll("{group}", encodeURIComponent(lineage)),
    group: null,
    field: null,
    glass: { case: id, proposal: `p${proposal}`, step, accounts, by, until: ends, over },
  };
}
