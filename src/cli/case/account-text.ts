import type { AccountEvidence } from "../../ledger/review/open-account.ts";
import { printable } from "../../report/printable.ts";
import { counted, day, minute, percent } from "../../report/wording.ts";
import { wrapped } from "../../report/wrapped.ts";

const PRESERVED_SHOWN = 5;

/** `stillwatch case open-account`: what is known of each, and what speaks for it being the group's. */
export function accountText(opened: readonly AccountEvidence[], width: number): string {
  const pages = opened.map((one) =>
    [headOf(one), standingOf(one), evidenceOf(one, width), preservedOf(one), findingsOf(one)]
      .filter((part) => part !== "")
      .join("\n"),
  );
  return `${pages.join("\n\n")}\n`;
}

function headOf({ member }: AccountEvidence): string {
  const { account, role, share, exchanges, joined, left_at } = member;
  const is = left_at === null ? "" : `, until ${minute(left_at)}`;
  return `${printable(account)}: ${role}, ${percent(share)} of its exchanges in the group's work (${counted(exchanges, "exchange")}). Member since ${minute(joined)}${is}.`;
}

function standingOf({ member }: AccountEvidence): string {
  if (member.measured === null) return "  What the provider says of it isn't known yet.";
  const { since, organization, program, agreement } = member;
  const facts = [
    member.protected === 1 ? "protected" : "",
    since === null ? "" : `known since ${day(since)}`,
    ...[
      ["organization", organization],
      ["program", program],
      ["agreement", agreement],
    ].map(([what, value]) => ((value ?? "") === "" ? "" : `${what} ${printable(value ?? "")}`)),
    `${counted(member.week_exchanges ?? 0, "exchange")} in the last week`,
  ];
  return `  ${facts.filter((fact) => fact !== "").join("; ")}.`;
}

function evidenceOf({ evidence }: AccountEvidence, width: number): string {
  return evidence
    .map(({ signal, sentence, cites }) => {
      const own = cites.length === 0 ? "" : ` Its own: ${cites.map(printable).join(", ")}.`;
      return wrapped(`${signal}: ${printable(sentence)}${own}`, width, "  ");
    })
    .join("\n");
}

function preservedOf({ preserved }: AccountEvidence): string {
  const readable = preserved
    .filter((one) => one.readable)
    .map(({ exchange }) => printable(exchange));
  if (readable.length === 0) return "  Nothing of it is preserved.";
  const more =
    readable.length > PRESERVED_SHOWN ? ` and ${readable.length - PRESERVED_SHOWN} more` : "";
  return `  Preserved: ${readable.slice(0, PRESERVED_SHOWN).join(", ")}${more} (stillwatch case reveal).`;
}

function findingsOf({ findings }: AccountEvidence): string {
  return findings
    .map(({ reviewer, time, finding, current }) => {
      const then = current ? "" : ", before it changed";
      return `  Found ${finding} by ${printable(reviewer)}, ${minute(time)}${then}.`;
    })
    .join("\n");
}
