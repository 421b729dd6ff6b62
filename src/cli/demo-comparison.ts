import type { Group, ScanResult } from "../core/assessment.ts";
import { flaggedGroups, counted, grouped, minute, percent } from "../report/wording.ts";

/** What the demonstration world says is true: the part of its truth file that the comparison reads. */
export interface DemoTruth {
  readonly campaigns: readonly { readonly name: string; readonly accounts: readonly string[] }[];
  readonly lookalikes: readonly { readonly family: string; readonly accounts: readonly string[] }[];
}

/** Says in plain words what a scan found of each campaign that was planted, and what it did with each look-alike. */
export function demoComparison(truth: DemoTruth, result: ScanResult): string {
  const flagged = flaggedGroups(result.groups);
  const inFlagged = new Set(flagged.flatMap((group) => group.accounts));
  const planted = new Set(truth.campaigns.flatMap((campaign) => campaign.accounts));
  const wrongly = [...inFlagged].filter((account) => !planted.has(account)).length;
  const campaigns = truth.campaigns.map(
    ({ name, accounts }) => `  ${name}: ${campaignLine(accounts, flagged, inFlagged)}`,
  );
  const lookalikes = truth.lookalikes.map(
    ({ family, accounts }) => `  ${family}: ${lookalikeLine(accounts, inFlagged)}`,
  );
  return [
    `Planted campaigns (${truth.campaigns.length}):`,
    ...campaigns,
    `Legitimate look-alikes (${truth.lookalikes.length}):`,
    ...lookalikes,
    `Of ${counted(inFlagged.size, "flagged account")}, ${grouped(wrongly)} ${wrongly === 1 ? "belongs" : "belong"} to no planted campaign.`,
  ].join("\n");
}

function campaignLine(
  accounts: readonly string[],
  flagged: readonly Group[],
  inFlagged: ReadonlySet<string>,
): string {
  const found = accounts.filter((account) => inFlagged.has(account)).length;
  if (found === 0) return `missed (${counted(accounts.length, "account")}).`;
  const alert = firstAlert(new Set(accounts), flagged);
  const when =
    alert === undefined
      ? ""
      : `, first flagged ${minute(alert.detected_at)} UTC after ${counted(alert.exchanges_before_alert, "exchange")}`;
  const share = percent(found / accounts.length);
  return `found ${grouped(found)} of ${counted(accounts.length, "account")} (${share})${when}.`;
}

/** The earliest flagged group most of whose accounts belong to the campaign. */
function firstAlert(accounts: ReadonlySet<string>, flagged: readonly Group[]): Group | undefined {
  return flagged
    .filter((group) => {
      const own = group.accounts.filter((account) => accounts.has(account)).length;
      return own * 2 > group.accounts.length;
    })
    .toSorted((a, b) => ((a.detected_at ?? "") < (b.detected_at ?? "") ? -1 : 1))[0];
}

function lookalikeLine(accounts: readonly string[], inFlagged: ReadonlySet<string>): string {
  const touched = accounts.filter((account) => inFlagged.has(account)).length;
  const size = counted(accounts.length, "account");
  return touched === 0
    ? `left alone (${size}).`
    : `${grouped(touched)} of ${size} flagged, wrongly.`;
}
