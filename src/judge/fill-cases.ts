import type { Group } from "../core/assessment.ts";
import type { InstallationSecret } from "../ingest/installation-secret.ts";
import { readTexts } from "../ingest/text-vault.ts";
import { gatherEvidence } from "../ledger/gather-evidence.ts";
import type { Ledger } from "../ledger/open-ledger.ts";
import { casesWithoutEvidence, preserveEvidence } from "../ledger/preserve-evidence.ts";
import type { Warehouse } from "../warehouse/open-warehouse.ts";
import { measureCases } from "./measure-cases.ts";

/** How many exchanges were preserved for how many cases. */
export interface Filled {
  readonly cases: number;
  readonly exchanges: number;
}

/** Preserves the evidence of open cases that have none yet, from the traffic of a folder, for the groups it is given; and measures what is known of the accounts of open cases. */
export async function fillCases(
  ledger: Ledger,
  groups: readonly Group[],
  from: {
    readonly warehouse: Warehouse;
    readonly secret: InstallationSecret;
    readonly random: (bytes: number) => Buffer;
  },
): Promise<Filled> {
  const { warehouse, secret, random } = from;
  const byLineage = new Map(groups.map((group) => [group.lineage, group]));
  const textsOf = (ids: readonly string[]) => readTexts(warehouse, secret, ids);
  const filled = { cases: 0, exchanges: 0 };
  for (const { number, lineage } of await casesWithoutEvidence(ledger)) {
    const group = byLineage.get(lineage);
    if (group === undefined) continue;
    const exchanges = await gatherEvidence(warehouse, group, { textsOf, random });
    const kept = await preserveEvidence(ledger, number, exchanges);
    filled.exchanges += kept;
    if (kept > 0) filled.cases++;
  }
  await measureCases(ledger, warehouse);
  return filled;
}
