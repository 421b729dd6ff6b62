import type { AccountEvidence } from "../../ledger/review/open-account.ts";
import { printable } from "../../report/printable.ts";
import { counted, day, minute, percent } from "../../report/wording.ts";
import { wrapped } from "../../report/wrapped.ts";

const PRESERVED_SHOWN = 5;

/** `stillwatch case open-account`: what is known of each, and what speaks for it being the group's. */
export function accountText(opened: readonly AccountEvidence[], width: number): string {
  const pages = opened.map((one) =>
    [headOf(one), standingOf(one), citedFor(one, width), preservedOf(one, width), findingsOf(one)]
      .filter((part) => part !== "")
      .join("\n"),
  );
  const number = opened[0]?.member.case_number ?? 0;
  return `${pages.join("\n\n")}

What speaks for the group: stillwatch case show c${number}. What was asked: stillwatch case reveal c${number} EXCHANGE.
Note what you found: stillwatch case review c${number} ACCOUNTS --finding positive. Until then --next names them again.
`;
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

/** The findings on the group that its own exchanges show. */
function citedFor({ evidence }: AccountEvidence, width: number): string {
  return evidence
    .filter(({ cites }) => cites.length > 0)
    .map(({ signal, sentence, cites }) => {
      const own = cites.map(printable).join(", ");
      return wrapped(`Its ${own} show ${signal}: ${printable(sentence)}`, width, "  ");
    })
    .join("\n");
}

function preservedOf({ preserved }: AccountEvidence, width: number): string {
  const readable = preserved.filter((one) => one.readable);
  if (readable.length === 0) return "  Nothing of it is preserved.";
  const named = readable
    .slice(0, PRESERVED_SHOWN)
    .map(({ exchange, time }) => `${printable(exchange)} (${minute(time)})`);
  const more = readable.length - named.length;
  const rest = more > 0 ? ` and ${more} more` : "";
  return wrapped(`Preserved: ${named.join(", ")}${rest}.`, width, "  ");
}

function findingsOf({ findings }: AccountEvidence): string {
  return findings
    .map(({ reviewer, time, finding, current }) => {
      const then = current ? "" : ", before it changed";
      return `  Found ${finding} by ${printable(reviewer)}, ${minute(time)}${then}.`;
    })
    .join("\n");
}
