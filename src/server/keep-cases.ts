import { randomBytes } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { Group } from "../core/assessment.ts";
import { StillwatchError } from "../core/errors.ts";
import type { InstallationSecret } from "../ingest/installation-secret.ts";
import { fillCases } from "../judge/fill-cases.ts";
import { forgetClosedCases } from "../ledger/forget-evidence.ts";
import type { Lease } from "../ledger/lease.ts";
import { openCases } from "../ledger/open-cases.ts";
import type { Ledger } from "../ledger/open-ledger.ts";
import type { Warehouse } from "../warehouse/open-warehouse.ts";

/** Keeps the cases of a server up to date. */
export interface CaseKeeper {
  /**
   * Takes the groups as they are assessed now, where nodes share a ledger under the judge's lease. A failure is told once,
   * and tried again until it succeeds, newer ones come, or another node judges.
   */
  assessed(groups: readonly Group[], lease?: Lease): void;
  /** Ends when what was taken is done, or failed once more. */
  close(): Promise<void>;
}

const RETRY_MS = 10_000;

/** Opens cases for flagged groups as they are assessed, and preserves their evidence. */
export function keepCases(options: {
  readonly ledger: Ledger;
  readonly warehouse: Warehouse;
  readonly secret: InstallationSecret;
  readonly onFailure: (error: unknown) => void;
  /** How long after a failure it is tried again, milliseconds; 10,000 by default. */
  readonly retryMs?: number;
}): CaseKeeper {
  const { ledger, onFailure, retryMs = RETRY_MS } = options;
  const closing = new AbortController();
  let newest: readonly Group[] = [];
  let working: Promise<void> = Promise.resolve();
  const keep = async (groups: readonly Group[], lease: Lease | undefined): Promise<void> => {
    await openCases(ledger, groups, lease);
    await fillCases(ledger, groups, { ...options, random: randomBytes });
    await forgetClosedCases(ledger);
  };
  const untilKept = async (groups: readonly Group[], lease: Lease | undefined): Promise<void> => {
    const isNewest = (): boolean => groups === newest;
    for (let tries = 1; tries === 1 || isNewest(); tries++) {
      try {
        await keep(groups, lease);
        return;
      } catch (error) {
        if (tries === 1) onFailure(error);
        if (error instanceof StillwatchError && error.code === "SW_LEASE_LOST") return;
      }
      if (closing.signal.aborted) return;
      await wait(retryMs, undefined, { signal: closing.signal }).catch(() => {});
    }
  };
  return {
    assessed(groups, lease) {
      newest = groups;
      working = working.then(() => untilKept(groups, lease));
    },
    async close() {
      closing.abort();
      await working;
    },
  };
}
