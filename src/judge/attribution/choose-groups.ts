import type { Agreement } from "../../core/agreement.ts";
import type { Warehouse } from "../../warehouse/open-warehouse.ts";
import { assess, type Verdictless } from "../assess.ts";
import { LEAST_PARTIES } from "../hypothesis-of.ts";
import type { Judge } from "../judge.ts";
import { type Lineage, type Member, payersOf } from "../lineage.ts";
import { isGeneral, membersOf, TELLING_BITS } from "../members-of.ts";
import { namedAgreements } from "../named-agreement.ts";
import type { Roster } from "../roster.ts";
import { leastSent, leastShareOf } from "./bystanders.ts";

/** What choosing needs. */
export interface ChooseGroupsInput {
  readonly warehouse: Warehouse;
  readonly judge: Judge;
  readonly roster: Roster;
  readonly agreements: readonly Agreement[];
}

/** A lineage worth reporting. */
export interface Reported {
  readonly lineage: Lineage;
  readonly said: Verdictless;
  /** The agreement that all accounts of the lineage name. */
  readonly agreement: string | undefined;
  /** Numbers of the accounts that its evidence is about. */
  readonly members: ReadonlySet<number>;
  /** End of the tick at which it was first flagged, by this rule or by another that gathers the same accounts; 0 if never. */
  readonly detected: number;
  /** Flagged lineages left out because this one has their accounts: when each was flagged. */
  readonly merged: readonly { readonly lineage: Lineage; readonly at: number }[];
}

/** Evidence a group must still have without the accounts of purer groups: log₂(1/.01). */
const STANDING_BITS = 6.65;
const MOST_SAID = 60;

/** Lineages with something to say, one for each set of accounts: of those that overlap by half, the strongest. */
export async function chooseGroups(input: ChooseGroupsInput): Promise<Reported[]> {
  const { judge } = input;
  const all: Reported[] = [];
  const looked = judge.lineages.filter(({ rank }) => rank !== 0);
  const agreements = await namedAgreements(looked, input);
  for (const lineage of looked) {
    const named = agreements.get(lineage);
    const said = assess({
      lineage,
      coordinated: lineage.coordinatedAt > 0,
      parties: payersOf(lineage),
      named,
    });
    if (said === undefined) continue;
    // Short of a flag, what is said of the group itself is enough.
    if (lineage.follows !== undefined && said.assessment !== "campaign") continue;
    judge.describe(lineage);
    const members =
      said.assessment === "campaign"
        ? withoutBystanders(membersAndNeighbours(lineage, judge), lineage, judge)
        : new Set(lineage.accounts.keys());
    const detected = said.assessment === "relay" ? lineage.coordinatedAt : lineage.flaggedAt;
    all.push({ lineage, said, agreement: named?.id, members, detected, merged: [] });
  }
  const order = ["campaign", "bulk", "relay", "explained", "undetermined", "watch"];
  const strength = (l: Lineage): number => Math.min(l.coordinationBits ?? 0, l.harvestBits ?? 0);
  all.sort(
    (a, b) =>
      order.indexOf(a.said.assessment) - order.indexOf(b.said.assessment) ||
      b.lineage.accounts.size - a.lineage.accounts.size ||
      strength(b.lineage) - strength(a.lineage) ||
      a.lineage.number - b.lineage.number,
  );
  const flagged = all.filter((r) => r.said.assessment === "campaign");
  const campaigns = peel(withFollowers(flagged), judge).map((r) => withEarlier(r, judge));
  return besides(campaigns, all);
}

/** The members, and whom they share networks of their own with: who asks the same from there is no bystander, whatever else is not found. */
function membersAndNeighbours(lineage: Lineage, judge: Judge): ReadonlySet<number> {
  const near = judge.withNeighbours(membersOf(lineage));
  return new Set([...lineage.accounts.keys()].filter((account) => near.has(account)));
}

/**
 * Adds whoever met the rule before it was known and sent nothing by it since: no evidence, as that began with the rule,
 * but the same work. What share of their traffic it was, the count of exchanges tells.
 */
function withEarlier(reported: Reported, judge: Judge): Reported {
  const lineage = reported.lineage.follows ?? reported.lineage;
  // All that is sent counts where a rule is about accounts: no share would tell who came by it.
  if (lineage.whole) return reported;
  const earlier = judge.meeting(lineage).filter((account) => !lineage.accounts.has(account));
  return { ...reported, members: reported.members.union(membersOf(reported.lineage, earlier)) };
}

/** The campaigns, and after them whatever speaks of other accounts, best first; relays with much the same accounts are one. */
export function besides(campaigns: readonly Reported[], all: readonly Reported[]): Reported[] {
  const kept: Reported[] = [...campaigns];
  for (const candidate of all) {
    if (candidate.said.assessment === "campaign") continue;
    const same = kept.findIndex((other) => speaksOf(candidate.members, other) > 0.5);
    const known = kept[same];
    if (known === undefined && kept.length < MOST_SAID) kept.push(candidate);
    else if (known?.said.assessment === "relay" && candidate.said.assessment === "relay")
      kept[same] = united(known, candidate);
  }
  return kept;
}

/** Share of accounts that a group speaks of already: its members, and those its rule gathered with them. O(accounts). */
function speaksOf(accounts: ReadonlySet<number>, { members, lineage }: Reported): number {
  let known = 0;
  for (const account of accounts) {
    if (members.has(account) || lineage.accounts.has(account)) known += 1;
  }
  return known / Math.max(1, accounts.size);
}

/** Two relays with much the same accounts are one: seen since the first was, with the accounts of both. */
function united(relay: Reported, other: Reported): Reported {
  const { lineage, detected } = other;
  return {
    ...relay,
    members: relay.members.union(other.members),
    detected: Math.min(relay.detected, detected),
    merged: [...relay.merged, { lineage, at: detected }],
  };
}

/** A group and its follower are one where both are flagged: told by the one whose coordination is shown best, since the first flag. */
function withFollowers(flagged: readonly Reported[]): Reported[] {
  const strength = ({ lineage }: Reported): number => lineage.coordinationBits ?? 0;
  return [...Map.groupBy(flagged, ({ lineage }) => lineage.follows ?? lineage).values()].map(
    (same) => ({
      ...same.reduce((a, b) => (strength(b) > strength(a) ? b : a)),
      members: new Set(same.flatMap(({ members }) => [...members])),
      detected: Math.min(...same.map(({ detected }) => detected)),
    }),
  );
}

/**
 * The same operation is gathered by several rules, and a wide rule (a common tool, a popular phrase) gathers
 * bystanders with it. From the purest rule on: a group that holds nothing new only says when it was seen first; one that
 * does not stand without the accounts already flagged is left out, but for those of its accounts that are tied to them
 * by a fact of their own.
 */
export function peel(
  flagged: readonly Reported[],
  judge: Pick<Judge, "concentration" | "strengthWithout">,
): Reported[] {
  const purity = new Map(flagged.map((r) => [r, Math.round(judge.concentration(r.lineage) * 5)]));
  const order = [...flagged].sort(
    (a, b) =>
      purity.get(b)! - purity.get(a)! ||
      a.lineage.flaggedAt - b.lineage.flaggedAt ||
      a.lineage.number - b.lineage.number,
  );
  const kept: Reported[] = [];
  const taken = new Set<number>();
  for (const reported of order) {
    const { lineage, members } = reported;
    const fresh = [...members].filter((account) => !taken.has(account));
    const same = kept.findIndex((other) => overlap(members, other.members) > 0.5);
    if (same >= 0) {
      const known = kept[same]!;
      kept[same] = { ...known, detected: Math.min(known.detected, reported.detected) };
    }
    const leaveOut = (): void => {
      const known = kept[same];
      if (known === undefined) return;
      const merged = [...known.merged, { lineage, at: lineage.flaggedAt }];
      kept[same] = { ...known, merged };
    };
    if (fresh.length === 0) {
      leaveOut();
      continue;
    }
    let own = members;
    if (fresh.length < members.size && judge.strengthWithout(lineage, taken) < STANDING_BITS) {
      const tied = tiedByFact(lineage);
      const joined = fresh.filter((account) => tied.has(account));
      if (2 * fresh.length > members.size || joined.length < LEAST_PARTIES) {
        leaveOut();
        continue;
      }
      own = new Set([...members].filter((account) => taken.has(account) || tied.has(account)));
    }
    kept.push({ ...reported, members: own });
    for (const account of own) taken.add(account);
  }
  return kept;
}

/** Accounts that a telling fact of their own ties to others of the group: an echo, a means, a dealt item. */
function tiedByFact({ findings }: Lineage): ReadonlySet<number> {
  const telling = findings.flatMap(({ axis, bits, ties }) =>
    axis === "coordination" && bits >= TELLING_BITS && ties !== undefined && !isGeneral(ties)
      ? [...ties.tied]
      : [],
  );
  return new Set(telling);
}

/** Members as far as the slice tells, without those who come by the group's kind of request among much else. */
function withoutBystanders(
  members: ReadonlySet<number>,
  lineage: Lineage,
  judge: Judge,
): ReadonlySet<number> {
  // Where all that accounts send is followed, what they send by the rule that chose them tells who came by it.
  const { follows } = lineage;
  const chosen = [...(follows ?? lineage).accounts.values()];
  const all = chosen.filter(({ account }) => members.has(account));
  const shareOfOwn = (a: Member): number => a.exchanges / Math.max(1, judge.sentSince(a));
  const least = leastSent(all.map((a) => a.exchanges));
  const leastShare = leastShareOf(all.map(shareOfOwn), follows !== undefined);
  const kept = all.filter((a) => shareOfOwn(a) >= leastShare && a.exchanges >= least);
  return new Set(kept.map(({ account }) => account));
}

/** Share of the accounts of one group that are in the other. */
function overlap(accounts: ReadonlySet<number>, other: ReadonlySet<number>): number {
  let common = 0;
  for (const account of accounts) if (other.has(account)) common += 1;
  return common / Math.max(1, accounts.size);
}
