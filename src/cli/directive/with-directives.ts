import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { StillwatchError } from "../../core/errors.ts";
import type { Counsel } from "../../ledger/directives/counsel.ts";
import type { DirectiveStore } from "../../ledger/directives/open-directives.ts";
import { EXIT } from "../exit-codes.ts";
import type { Surroundings } from "../surroundings.ts";
import {
  hasLedger,
  type LedgerFlags,
  ledgerOptions,
  ledgerUrl,
  withLedger,
} from "../with-ledger.ts";

/** Who does something. */
export interface CounselFlags extends LedgerFlags {
  readonly as: string;
}

/** What is done with the directives; answers what is printed. `first` is the first argument. */
export type Work<F> = (store: DirectiveStore, flags: F, first: string) => Promise<string>;

/** Opens directives, works on them and closes them. Throws SW_DIRECTIVES_MISSING where there are none and none are to be begun. */
export async function withDirectives<T>(
  flags: LedgerFlags,
  around: Surroundings,
  work: (store: DirectiveStore) => Promise<T>,
  begins = false,
): Promise<T> {
  const { openDirectives, DIRECTIVES_FILE } =
    await import("../../ledger/directives/open-directives.ts");
  const { data } = flags;
  const url = ledgerUrl(flags, around);
  if (!begins && url === undefined && !existsSync(join(data, DIRECTIVES_FILE)))
    throw new StillwatchError("SW_DIRECTIVES_MISSING", { path: data });
  const store = await openDirectives({ dataDir: data, url, now: around.now });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** Gives a command the options of its store, and what to do with that. */
export function onDirectives<F extends LedgerFlags>(
  command: Command,
  around: Surroundings,
  work: Work<F>,
  begins = false,
): Command {
  for (const option of ledgerOptions()) command.addOption(option);
  return command.action(async (...given: readonly unknown[]) => {
    const flags = given.at(-2) as F;
    const first = given.length > 2 ? (given[0] as string) : "";
    const say = (store: DirectiveStore): Promise<string> => work(store, flags, first);
    around.stdout.write(await withDirectives(flags, around, say, begins));
    around.exitWith(EXIT.clear);
  });
}

/** A command that counsel does. */
export function byCounsel(command: Command): Command {
  return command.requiredOption("--as <user>", "who does this; counsel, and nobody else");
}

/** Finds whoever is named to be counsel, by the ledger's users. Throws SW_USER_REFUSED. */
export async function counselIn(flags: CounselFlags, around: Surroundings): Promise<Counsel> {
  const { counselOf } = await import("../../ledger/directives/counsel.ts");
  if (!hasLedger(flags, around)) return counselOf(undefined, flags.as);
  return withLedger(flags, around, (ledger) => counselOf(ledger, flags.as));
}
