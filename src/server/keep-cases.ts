import { randomBytes } from "node:crypto";
import type { Group } from "../core/assessment.ts";
import type { InstallationSecret } from "../ingest/installation-secret.ts";
import { fillCases } from "../judge/fill-cases.ts";
import { forgetClosedCases } from "../ledger/forget-evidence.ts";
import { openCases } from "../ledger/open-cases.ts";
import { type Ledger, openLedger } from "../ledger/open-ledger.ts";
import type { Warehouse } from "../warehouse/open-warehouse.ts";

/** Keeps the cases of a server up to date. */
export interface CaseKeeper {
  /** Takes the groups as they are assessed now; failures are told, and made good by the next assessment. */
  assessed(groups: readonly Group[]): void;
  /** Ends when what was taken is done. */
  close(): Promise<void>;
}

/** Opens cases for flagged groups as they are assessed, and preserves their evidence. The ledger begins with the first of them. */
export function keepCases(options: {
  readonly dataDir: string;
  readonly warehouse: Warehouse;
  readonly secret: InstallationSecret;
  readonly now: () => Date;
  readonly onFailure: (error: unknown) => void;
}): CaseKeeper {
  const { onFailure } = options;
  let ledger: Ledger | undefined;
  let working: Promise<void> = Promise.resolve();
  const keep = async (groups: readonly Group[]): Promise<void> => {
    const flagged = groups.some(
      ({ assessment }) => assessment === "campaign" || assessment === "relay",
    );
    if (!flagged && ledger === undefined) return;
    ledger ??= await openLedger(options);
    await openCases(ledger, groups);
    await fillCases(ledger, groups, { ...options, random: randomBytes });
    await forgetClosedCases(ledger);
  };
  return {
    assessed(groups) {
      working = working.then(() => keep(groups)).catch(onFailure);
    },
    async close() {
      await working;
      await ledger?.close();
    },
  };
}
