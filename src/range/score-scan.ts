import type { Group, ScanResult } from "../core/assessment.ts";
import { HOUR, type CampaignTruth, type LookalikeTruth, type Truth } from "./world.ts";

/** How one operation fared. Shares are 0 to 1; null where nothing was flagged. */
export interface CampaignScore {
  readonly id: string;
  readonly name: string;
  readonly accounts: number;
  readonly exchanges: number;
  readonly detected: boolean;
  /** Groups assessed `campaign` most of whose known accounts are this operation's. */
  readonly groups: number;
  /** Share of its accounts in those groups. */
  readonly recall: number;
  /** Share of those groups' accounts that are its own. */
  readonly precision: number | null;
  /** Share of its accounts in any group assessed `relay`. */
  readonly relayRecall: number;
  /** Its own exchanges up to the end of the tick of the first alert; all of them where there was none. */
  readonly exchangesBefore: number;
  readonly shareBefore: number;
  /** Hours from its first exchange to the first alert. */
  readonly delayHours: number | null;
  /** How groups most of whose accounts are its own were assessed, most accounts first: `campaign 48 (31.2/22.0 bits)`. */
  readonly assessments: readonly string[];
}

/** How one family of legitimate look-alikes fared. */
export interface LookalikeScore {
  readonly family: string;
  /** Groups of this family in the world, and how many of them had an account flagged. */
  readonly groups: number;
  readonly groupsFlagged: number;
  readonly accounts: number;
  readonly accountsFlagged: number;
  readonly accountsRelay: number;
  /** Assessments of the groups that hold its accounts, with the number of its accounts in each. */
  readonly assessments: Readonly<Record<string, number>>;
}

/** One scan against what was true. */
export interface ScanScore {
  readonly seed: string;
  readonly campaigns: readonly CampaignScore[];
  readonly lookalikes: readonly LookalikeScore[];
  readonly flaggedGroups: number;
  /** Flagged groups most of whose accounts belong to no operation. */
  readonly falseGroups: number;
  readonly flaggedAccounts: number;
  /** Flagged accounts that belong to no operation; `strangers` among them belong to no look-alike either. */
  readonly falseAccounts: number;
  readonly strangers: number;
}

/** Scores a scan of a world on that world's truth. */
export function scoreScan(result: ScanResult, truth: Truth): ScanScore {
  const owner = new Map<string, string>();
  for (const campaign of truth.campaigns)
    for (const account of campaign.accounts) owner.set(account, campaign.id);
  const lookalike = new Set(truth.lookalikes.flatMap((group) => group.accounts));
  const flagged = result.groups.filter((group) => group.assessment === "campaign");
  const flaggedAccounts = union(flagged);
  const falseAccounts = [...flaggedAccounts].filter((account) => !owner.has(account));
  return {
    seed: truth.seed,
    campaigns: truth.campaigns.map((campaign) => scoreCampaign(campaign, result.groups, owner)),
    lookalikes: scoreFamilies(truth.lookalikes, result.groups),
    flaggedGroups: flagged.length,
    falseGroups: flagged.filter(
      (group) => 2 * count(group, (account) => owner.has(account)) <= group.accounts.length,
    ).length,
    flaggedAccounts: flaggedAccounts.size,
    falseAccounts: falseAccounts.length,
    strangers: falseAccounts.filter((account) => !lookalike.has(account)).length,
  };
}

function scoreCampaign(
  campaign: CampaignTruth,
  groups: readonly Group[],
  owner: ReadonlyMap<string, string>,
): CampaignScore {
  const own = new Set(campaign.accounts);
  const attributed = groups.filter((group) => mainOwner(group, owner) === campaign.id);
  const flagged = attributed.filter((group) => group.assessment === "campaign");
  const found = union(flagged);
  const relayed = union(groups.filter((group) => group.assessment === "relay"));
  const hits = [...found].filter((account) => own.has(account)).length;
  const alerts = flagged.flatMap((group) =>
    group.detected_at === null ? [] : [Date.parse(group.detected_at)],
  );
  const alert = alerts.length === 0 ? null : Math.min(...alerts);
  const first =
    Date.parse(campaign.from) +
    Math.max(
      0,
      campaign.hours.findIndex((n) => n > 0),
    ) *
      HOUR;
  const before = alert === null ? campaign.exchanges : exchangesUntil(campaign, alert);
  return {
    id: campaign.id,
    name: campaign.name,
    accounts: own.size,
    exchanges: campaign.exchanges,
    detected: flagged.length > 0,
    groups: flagged.length,
    recall: own.size === 0 ? 0 : hits / own.size,
    precision: found.size === 0 ? null : hits / found.size,
    relayRecall:
      own.size === 0 ? 0 : [...relayed].filter((account) => own.has(account)).length / own.size,
    exchangesBefore: before,
    shareBefore: campaign.exchanges === 0 ? 0 : before / campaign.exchanges,
    delayHours: alert === null ? null : (alert - first) / HOUR,
    assessments: attributed
      .toSorted((a, b) => b.accounts.length - a.accounts.length)
      .slice(0, 8)
      .map(
        (group) =>
          `${group.assessment} ${group.accounts.length} (${group.coordination_bits.toFixed(1)}/${group.harvest_bits.toFixed(1)} bits)`,
      ),
  };
}

/** The operation that most of the group's accounts with a known operation belong to; none where fewer than half have one. */
function mainOwner(group: Group, owner: ReadonlyMap<string, string>): string | undefined {
  const counts = new Map<string, number>();
  for (const account of group.accounts) {
    const id = owner.get(account);
    if (id !== undefined) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  const known = [...counts.values()].reduce((a, b) => a + b, 0);
  if (2 * known <= group.accounts.length) return undefined;
  return [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0];
}

function exchangesUntil(campaign: CampaignTruth, time: number): number {
  const hours = Math.min(
    campaign.hours.length,
    Math.ceil((time - Date.parse(campaign.from)) / HOUR),
  );
  return campaign.hours.slice(0, Math.max(0, hours)).reduce((a, b) => a + b, 0);
}

function scoreFamilies(
  lookalikes: readonly LookalikeTruth[],
  groups: readonly Group[],
): LookalikeScore[] {
  const flagged = union(groups.filter((group) => group.assessment === "campaign"));
  const relayed = union(groups.filter((group) => group.assessment === "relay"));
  const families = [...new Set(lookalikes.map((group) => group.family))];
  return families.map((family) => {
    const instances = lookalikes.filter((group) => group.family === family);
    const accounts = new Set(instances.flatMap((group) => group.accounts));
    const assessments: Record<string, number> = {};
    for (const group of groups) {
      const inside = count(group, (account) => accounts.has(account));
      if (inside > 1) assessments[group.assessment] = (assessments[group.assessment] ?? 0) + inside;
    }
    return {
      family,
      groups: instances.length,
      groupsFlagged: instances.filter((group) =>
        group.accounts.some((account) => flagged.has(account)),
      ).length,
      accounts: accounts.size,
      accountsFlagged: [...accounts].filter((account) => flagged.has(account)).length,
      accountsRelay: [...accounts].filter((account) => relayed.has(account)).length,
      assessments,
    };
  });
}

function union(groups: readonly Group[]): Set<string> {
  return new Set(groups.flatMap((group) => group.accounts));
}

function count(group: Group, holds: (account: string) => boolean): number {
  return group.accounts.reduce((sum, account) => sum + (holds(account) ? 1 : 0), 0);
}
