import type { Group } from "../core/assessment.ts";
import type { Census } from "./score-census.ts";
import { HOUR, type CampaignTruth, type LookalikeTruth, type Truth } from "./world.ts";

/** What is scored of a group: who is in it, what is said of it, and when that was first said. */
export type ScoredGroup = Pick<Group, "accounts" | "assessment" | "detected_at"> &
  Partial<Pick<Group, "coordination_bits" | "harvest_bits">>;

/** How one operation fared. Shares are 0 to 1; null where nothing was flagged. */
export interface CampaignScore {
  readonly id: string;
  readonly name: string;
  readonly accounts: number;
  readonly exchanges: number;
  readonly detected: boolean;
  /** Groups assessed `campaign` (a relay's: or `relay`) that find this operation (see `attributed`). */
  readonly groups: number;
  /** Share of its accounts in those groups. */
  readonly recall: number;
  /** Share of its exchanges that those accounts sent; null without a census. */
  readonly exchangeRecall: number | null;
  /** Share of those groups' accounts that serve an operation, and that serve this one. */
  readonly precision: number | null;
  readonly purity: number | null;
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
  /** Priced tokens of all its accounts and of those flagged, dollars; 0 without a census. */
  readonly spend: number;
  readonly spendFlagged: number;
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

/** Scores a scan of a world on that world's truth. Operations may share accounts: a group counts for each that holds half of it. */
export function scoreScan(
  result: { readonly groups: readonly ScoredGroup[] },
  truth: Truth,
  census: Census = new Map(),
): ScanScore {
  const owners = ownersOf(truth);
  const sizes = sizesOf(truth);
  const lookalike = new Set(truth.lookalikes.flatMap((group) => group.accounts));
  const flagged = result.groups.filter((group) => group.assessment === "campaign");
  const relayed = union(result.groups.filter((group) => group.assessment === "relay"));
  const flaggedAccounts = union(flagged);
  const falseAccounts = [...flaggedAccounts].filter((account) => !owners.has(account));
  return {
    seed: truth.seed,
    campaigns: truth.campaigns.map((campaign) =>
      scoreCampaign(
        campaign,
        result.groups.filter((group) => attributed(group, owners, sizes).includes(campaign.id)),
        { relayed, owners, census },
      ),
    ),
    lookalikes: scoreFamilies(truth.lookalikes, result.groups, census),
    flaggedGroups: flagged.length,
    falseGroups: flagged.filter((group) => !isPositive(group, owners)).length,
    flaggedAccounts: flaggedAccounts.size,
    falseAccounts: falseAccounts.length,
    strangers: falseAccounts.filter((account) => !lookalike.has(account)).length,
  };
}

/** Which operations each account serves. */
export function ownersOf(truth: Truth): ReadonlyMap<string, readonly string[]> {
  const owners = new Map<string, string[]>();
  for (const campaign of truth.campaigns) {
    for (const account of campaign.accounts) {
      owners.set(account, [...(owners.get(account) ?? []), campaign.id]);
    }
  }
  return owners;
}

/** True where more than half of the accounts serve an operation. */
export function isPositive(
  { accounts }: Pick<Group, "accounts">,
  owners: ReadonlyMap<string, readonly string[]>,
): boolean {
  return 2 * accounts.filter((account) => owners.has(account)).length > accounts.length;
}

/**
 * The operations that a group finds: the one with most accounts in it, and any half of whose accounts it holds; none
 * where the group is not positive. `sizes` gives each operation's number of accounts.
 */
export function attributed(
  group: Pick<Group, "accounts">,
  owners: ReadonlyMap<string, readonly string[]>,
  sizes: ReadonlyMap<string, number>,
): readonly string[] {
  if (!isPositive(group, owners)) return [];
  const counts = new Map<string, number>();
  for (const account of group.accounts) {
    for (const id of owners.get(account) ?? []) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  const most = Math.max(...counts.values());
  return [...counts]
    .filter(([id, n]) => n === most || 2 * n >= (sizes.get(id) ?? Infinity))
    .map(([id]) => id);
}

/** How many accounts each operation has. */
export function sizesOf(truth: Truth): ReadonlyMap<string, number> {
  return new Map(truth.campaigns.map(({ id, accounts }) => [id, accounts.length]));
}

function scoreCampaign(
  campaign: CampaignTruth,
  mine: readonly ScoredGroup[],
  {
    relayed,
    owners,
    census,
  }: {
    readonly relayed: ReadonlySet<string>;
    readonly owners: ReadonlyMap<string, readonly string[]>;
    readonly census: Census;
  },
): CampaignScore {
  const own = new Set(campaign.accounts);
  const flagged = mine.filter(
    ({ assessment }) =>
      assessment === "campaign" || (campaign.relay === true && assessment === "relay"),
  );
  const found = union(flagged);
  const hits = [...found].filter((account) => own.has(account));
  const serving = [...found].filter((account) => owners.has(account)).length;
  const first = firstExchange(campaign);
  const flaggedAt = earliest(flagged);
  // A group may be flagged for another operation before this one begins.
  const alert = flaggedAt === null ? null : Math.max(flaggedAt, first);
  const before = alert === null ? campaign.exchanges : exchangesUntil(campaign, alert);
  return {
    id: campaign.id,
    name: campaign.name,
    accounts: own.size,
    exchanges: campaign.exchanges,
    detected: flagged.length > 0,
    groups: flagged.length,
    recall: own.size === 0 ? 0 : hits.length / own.size,
    exchangeRecall:
      census.size === 0 || campaign.exchanges === 0
        ? null
        : sum(hits, (account) => census.get(account)?.campaigns.get(campaign.id) ?? 0) /
          campaign.exchanges,
    precision: found.size === 0 ? null : serving / found.size,
    purity: found.size === 0 ? null : hits.length / found.size,
    relayRecall:
      own.size === 0 ? 0 : [...relayed].filter((account) => own.has(account)).length / own.size,
    exchangesBefore: before,
    shareBefore: campaign.exchanges === 0 ? 0 : before / campaign.exchanges,
    delayHours: alert === null ? null : (alert - first) / HOUR,
    assessments: mine
      .toSorted((a, b) => b.accounts.length - a.accounts.length)
      .slice(0, 8)
      .map(said),
  };
}

function said(group: ScoredGroup): string {
  const { coordination_bits: coordination, harvest_bits: harvest } = group;
  const bits =
    coordination === undefined || harvest === undefined
      ? ""
      : ` (${coordination.toFixed(1)}/${harvest.toFixed(1)} bits)`;
  return `${group.assessment} ${group.accounts.length}${bits}`;
}

/** The first alert of any of the groups, milliseconds; null where none has a time. */
function earliest(groups: readonly ScoredGroup[]): number | null {
  const alerts = groups.flatMap(({ detected_at: at }) => (at === null ? [] : [Date.parse(at)]));
  return alerts.length === 0 ? null : Math.min(...alerts);
}

function firstExchange(campaign: CampaignTruth): number {
  const hour = Math.max(
    0,
    campaign.hours.findIndex((n) => n > 0),
  );
  return Date.parse(campaign.from) + hour * HOUR;
}

/** The operation's own exchanges up to a time (milliseconds), to whole hours. */
export function exchangesUntil(campaign: CampaignTruth, time: number): number {
  const hours = Math.min(
    campaign.hours.length,
    Math.ceil((time - Date.parse(campaign.from)) / HOUR),
  );
  return campaign.hours.slice(0, Math.max(0, hours)).reduce((a, b) => a + b, 0);
}

function scoreFamilies(
  lookalikes: readonly LookalikeTruth[],
  groups: readonly ScoredGroup[],
  census: Census,
): LookalikeScore[] {
  const flagged = union(groups.filter((group) => group.assessment === "campaign"));
  const relayed = union(groups.filter((group) => group.assessment === "relay"));
  const families = [...new Set(lookalikes.map((group) => group.family))];
  return families.map((family) => {
    const instances = lookalikes.filter((group) => group.family === family);
    const accounts = new Set(instances.flatMap((group) => group.accounts));
    const wrongly = [...accounts].filter((account) => flagged.has(account));
    const spendOf = (account: string): number => census.get(account)?.spend ?? 0;
    const assessments: Record<string, number> = {};
    for (const group of groups) {
      const inside = sum(group.accounts, (account) => (accounts.has(account) ? 1 : 0));
      if (inside > 1) assessments[group.assessment] = (assessments[group.assessment] ?? 0) + inside;
    }
    return {
      family,
      groups: instances.length,
      groupsFlagged: instances.filter((group) =>
        group.accounts.some((account) => flagged.has(account)),
      ).length,
      accounts: accounts.size,
      accountsFlagged: wrongly.length,
      accountsRelay: [...accounts].filter((account) => relayed.has(account)).length,
      spend: sum([...accounts], spendOf),
      spendFlagged: sum(wrongly, spendOf),
      assessments,
    };
  });
}

function union(groups: readonly ScoredGroup[]): Set<string> {
  return new Set(groups.flatMap((group) => group.accounts));
}

function sum(accounts: readonly string[], of: (account: string) => number): number {
  return accounts.reduce((total, account) => total + of(account), 0);
}
