import type { Agreement } from "../core/agreement.ts";
import type { Warehouse } from "../warehouse/open-warehouse.ts";
import type { Surroundings } from "./surroundings.ts";
import { hasLedger, withLedger } from "./with-ledger.ts";

/** The agreements that a data folder's ledger holds. */
export interface Register {
  readonly agreements: readonly Agreement[];
  /** Measures their use of what the folder holds now, and keeps it in the ledger. */
  measure(warehouse: Warehouse): Promise<void>;
}

/** Reads the register of a data folder's ledger; an empty one where there is no folder or no ledger. */
export async function registerOf(
  data: string | undefined,
  around: Surroundings,
): Promise<Register> {
  if (data === undefined || !hasLedger({ data }, around))
    return { agreements: [], measure: () => Promise.resolve() };
  const { agreementsHeld, held, readAgreements } = await import("../ledger/agreements.ts");
  return {
    agreements: await withLedger({ data }, around, agreementsHeld),
    measure: (warehouse) =>
      withLedger({ data }, around, async (ledger) => {
        const { keepAgreementUse } = await import("../ledger/agreement-use.ts");
        const { measureAgreements } = await import("../judge/measure-agreements.ts");
        const asked = (await readAgreements(ledger)).map(held);
        await keepAgreementUse(ledger, await measureAgreements(warehouse, asked));
      }),
  };
}
