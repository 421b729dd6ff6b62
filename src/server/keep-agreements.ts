import type { Agreement } from "../core/agreement.ts";
import { measureAgreements } from "../judge/measure-agreements.ts";
import { keepAgreementUse } from "../ledger/agreement-use.ts";
import { agreementsHeld, held, readAgreements } from "../ledger/agreements.ts";
import type { Ledger } from "../ledger/open-ledger.ts";
import type { Warehouse } from "../warehouse/open-warehouse.ts";

/** The register of a server, for its judge. */
export interface AgreementKeeper {
  /** The agreements as they were read last; asking begins to read them anew. */
  held(): readonly Agreement[];
  /** Reads them now. Where the ledger can't be read they stay as they are, which is told. */
  refresh(): Promise<void>;
  /** Measures what is used of them, hourly at most. */
  assessed(): void;
  /** Ends when what is being done is done. */
  close(): Promise<void>;
}

const HOUR_MS = 3_600_000;

/** Reads the register for the judge, and keeps what is used. */
export async function keepAgreements(options: {
  readonly ledger: Ledger;
  readonly warehouse: Warehouse;
  readonly now: () => Date;
  readonly onFailure: (error: unknown) => void;
}): Promise<AgreementKeeper> {
  const { ledger, warehouse, now, onFailure } = options;
  let known: readonly Agreement[] = [];
  let measured = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | undefined;
  let working: Promise<void> = Promise.resolve();
  const read = async (): Promise<void> => {
    known = await agreementsHeld(ledger);
  };
  const measure = async (): Promise<void> => {
    const agreements = (await readAgreements(ledger)).map(held);
    await keepAgreementUse(ledger, await measureAgreements(warehouse, agreements));
  };
  await read();
  return {
    held() {
      reading ??= read()
        .catch(onFailure)
        .finally(() => (reading = undefined));
      return known;
    },
    async refresh() {
      await reading;
      await read().catch(onFailure);
    },
    assessed() {
      if (now().getTime() - measured < HOUR_MS) return;
      measured = now().getTime();
      working = working.then(measure).catch(onFailure);
    },
    async close() {
      await reading;
      await working;
    },
  };
}
