import type { GivenOutcome } from "../core/hypothesis.ts";
import { exchangesUntil } from "./score-scan.ts";
import type { CampaignTruth, Truth } from "./world.ts";

/** What an operation takes to be flagged whose accounts are known from its first exchange on: the judge's evidence without its gathering. */
export interface KnownScore {
  readonly id: string;
  /** Its own exchanges before it is flagged as the only hypothesis; null where it never is. */
  readonly alone: number | null;
  /** The same at the threshold of one that arrives after all hypotheses the judge had by then. */
  readonly inOrder: number | null;
  /** The same as `alone` of one axis. */
  readonly coordination: number | null;
  readonly harvest: number | null;
  /** Running evidence at the end, bits. */
  readonly coordinationBits: number;
  readonly harvestBits: number;
  /** Bits by signal of what all its accounts sent, at the end. */
  readonly signals: Readonly<Record<string, number>>;
  /** Share of its accounts that no finding leaves out, where it is flagged as the only hypothesis; else 0. */
  readonly told: number;
}

/** What is given of each operation: its accounts, and those of all that use one of them, since who shares a pool is one group. */
export function knownGroups({
  campaigns,
}: Truth): readonly Pick<CampaignTruth, "id" | "accounts">[] {
  return campaigns.map(({ id, accounts }) => {
    const pool = new Set(accounts);
    for (let size = 0; size < pool.size;) {
      size = pool.size;
      for (const other of campaigns) {
        if (other.accounts.every((account) => !pool.has(account))) continue;
        for (const account of other.accounts) pool.add(account);
      }
    }
    return { id, accounts: [...pool] };
  });
}

/** Scores the groups that were given. A relay's is flagged by coordination alone too, as its assessment `relay` is. */
export function scoreKnown(outcomes: readonly GivenOutcome[], truth: Truth): readonly KnownScore[] {
  return outcomes.flatMap((outcome) => {
    const campaign = truth.campaigns.find(({ id }) => id === outcome.id);
    return campaign === undefined ? [] : [scoreOutcome(outcome, campaign)];
  });
}

function scoreOutcome(outcome: GivenOutcome, campaign: CampaignTruth): KnownScore {
  const relay = campaign.relay === true;
  const until = (...times: readonly (number | null)[]): number | null => {
    const known = times.filter((time) => time !== null);
    return known.length === 0 ? null : exchangesUntil(campaign, Math.min(...known));
  };
  const own = new Set(campaign.accounts);
  const alone = until(outcome.flagged_at, relay ? outcome.coordinated_at : null);
  return {
    id: outcome.id,
    alone,
    inOrder: until(outcome.flagged_in_order_at, relay ? outcome.coordinated_in_order_at : null),
    coordination: until(outcome.coordinated_at),
    harvest: until(outcome.harvested_at),
    coordinationBits: rounded(outcome.coordination_bits),
    harvestBits: rounded(outcome.harvest_bits),
    signals: Object.fromEntries(outcome.signals.map(({ signal, bits }) => [signal, rounded(bits)])),
    told: alone === null ? 0 : own.intersection(new Set(outcome.members)).size / own.size,
  };
}

function rounded(bits: number): number {
  return Math.round(bits * 1000) / 1000;
}
