import { existsSync } from "node:fs";
import { join } from "node:path";
import { Option } from "commander";
import { StillwatchError } from "../core/errors.ts";
import type { Ledger } from "../ledger/open-ledger.ts";
import type { Surroundings } from "./surroundings.ts";

/** Where a command finds a ledger. */
export interface LedgerFlags {
  readonly data: string;
  readonly ledger?: string;
}

/** The options that name a ledger. */
export function ledgerOptions(): readonly Option[] {
  return [new Option("--data <dir>", "the data folder").makeOptionMandatory(), ledgerOption()];
}

/** The option that names a shared ledger. */
export function ledgerOption(): Option {
  return new Option(
    "--ledger <url>",
    "the ledger, where it is in PostgreSQL and not in the folder; better by the environment: STILLWATCH_LEDGER",
  );
}

/** Opens a ledger, works on it and closes it. Throws SW_LEDGER_MISSING where there is none and none is to be begun. */
export async function withLedger<T>(
  flags: LedgerFlags,
  around: Surroundings,
  work: (ledger: Ledger) => Promise<T>,
  begins = false,
): Promise<T> {
  const { data } = flags;
  const url = ledgerUrl(flags, around);
  if (!begins && !hasLedger(flags, around))
    throw new StillwatchError("SW_LEDGER_MISSING", { path: data });
  const { openLedger } = await import("../ledger/open-ledger.ts");
  const ledger = await openLedger({ dataDir: data, url, now: around.now });
  try {
    return await work(ledger);
  } finally {
    await ledger.close();
  }
}

/** Whether there is a ledger to be opened. */
export function hasLedger(flags: LedgerFlags, around: Surroundings): boolean {
  return ledgerUrl(flags, around) !== undefined || existsSync(join(flags.data, "ledger.db"));
}

/** Where the ledger is, if not in the data folder. The environment keeps a password out of the list of processes. */
export function ledgerUrl(
  { ledger }: { readonly ledger?: string },
  { environment }: Surroundings,
): string | undefined {
  return ledger ?? (environment["STILLWATCH_LEDGER"] || undefined);
}
