import { acquire, type Lease, release, renew } from "../ledger/lease.ts";
import type { Ledger } from "../ledger/open-ledger.ts";

/** The right to judge, where several nodes share a ledger and one of them may. */
export interface JudgeLease {
  /** Whether this node may judge now: takes the lease where it is free. False where the ledger can't be asked. */
  readonly mayJudge: () => Promise<boolean>;
  /** What this node holds now, to fence by it what is written; undefined where it holds nothing. */
  held(): Lease | undefined;
  /** Gives it back, so that another needn't wait. */
  close(): Promise<void>;
}

/** What a lease of the judge works with. */
export interface JudgeLeaseOptions {
  readonly ledger: Ledger;
  /** Names this node among those that share the ledger, the same after a restart. */
  readonly holder: string;
  /** Milliseconds that only grow. */
  readonly clock: () => number;
  /** Hears once of a ledger that can't be asked, until it can again. */
  readonly onFailure: (error: unknown) => void;
  /** How long after its holder's end another waits, milliseconds; 30,000 by default. */
  readonly ttlMs?: number | undefined;
  /** How often a held lease is prolonged, milliseconds; a third of `ttlMs` by default. */
  readonly renewMs?: number;
}

const NAME = "judge";
const TTL_MS = 30_000;

/**
 * A lease that is asked for before judging, and prolonged in the background while it is held, however long judging takes.
 * A ledger that is away costs the right only when the lease has run out: this node goes by its own clock, counted from
 * before it asked, so it stops before another can begin.
 */
export function openJudgeLease(options: JudgeLeaseOptions): JudgeLease {
  const { ledger, holder, clock, onFailure, ttlMs = TTL_MS } = options;
  let lease: Lease | undefined;
  let sureUntil = 0;
  let isFailing = false;
  let working: Promise<void> = Promise.resolve();
  const held = (): Lease | undefined => (clock() < sureUntil ? lease : undefined);
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    working = working.then(work).then(
      () => void (isFailing = false),
      (error: unknown) => {
        if (!isFailing) onFailure(error);
        isFailing = true;
      },
    );
    return working;
  };
  const take = async (ask: () => Promise<Lease | undefined>): Promise<void> => {
    const asked = clock();
    lease = await ask();
    sureUntil = asked + ttlMs;
  };
  const timer = setInterval(
    () => {
      if (lease === undefined) return;
      void inTurn(async () => {
        const known = held();
        if (known !== undefined) await take(() => renew(ledger, known, ttlMs));
      });
    },
    options.renewMs ?? ttlMs / 3,
  ).unref();
  return {
    held,
    async mayJudge() {
      if (held() === undefined)
        await inTurn(async () => {
          if (held() === undefined) await take(() => acquire(ledger, NAME, holder, ttlMs));
        });
      return held() !== undefined;
    },
    async close() {
      clearInterval(timer);
      await inTurn(async () => {
        const last = lease;
        lease = undefined;
        if (last !== undefined) await release(ledger, last);
      });
    },
  };
}
