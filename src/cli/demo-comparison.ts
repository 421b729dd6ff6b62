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
  const lookalikes = families(truth).map(
    ({ family, groups, accounts }) => `  ${family}: ${lookalikeLine(groups, accounts, inFlagged)}`,
  );
  return [
    `Planted campaigns (${truth.campaigns.length}):`,
    ...campaigns,
    `Legitimate look-alikes (${lookalikes.length} kinds):`,
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
  const alert = mainAlert(new Set(accounts), flagged);
  const when =
    alert === undefined
      ? ""
      : `, flagged ${minute(alert.detected_at)} UTC after ${counted(alert.exchanges_before_alert, "exchange")}`;
  const share = percent(found / accounts.length);
  const part = found * 2 < accounts.length ? "found only" : "found";
  return `${part} ${grouped(found)} of ${counted(accounts.length, "account")} (${share})${when}.`;
}

/** The flagged group that holds most of the campaign's accounts; the earlier one of two that hold as many. */
function mainAlert(accounts: ReadonlySet<string>, flagged: readonly Group[]): Group | undefined {
  const held = (group: Group) => group.accounts.filter((account) => accounts.has(account)).length;
  return flagged.toSorted(
    (a, b) => held(b) - held(a) || ((a.detected_at ?? "") < (b.detected_at ?? "") ? -1 : 1),
  )[0];
}

interface Family {
  readonly family: string;
  readonly groups: number;
  readonly accounts: readonly string[];
}

/** Look-alikes of one kind together: twenty people with two accounts each make one line. */
function families(truth: DemoTruth): readonly Family[] {
  const byName = Map.groupBy(truth.lookalikes, ({ family }) => family);
  return [...byName].map(([family, these]) => ({
    family,
    groups: these.length,
    accounts: these.flatMap(({ accounts }) => accounts),
  }));
}

function lookalikeLine(
  groups: number,
  accounts: readonly string[],
  inFlagged: ReadonlySet<string>,
): string {
  const touched = accounts.filter((account) => inFlagged.has(account)).length;
  const size = `${groups > 1 ? `${grouped(groups)} groups, ` : ""}${counted(accounts.length, "account")}`;
  return touched === 0 ? `left alone (${size}).` : `${grouped(touched)} wrongly flagged (${size}).`;
}
