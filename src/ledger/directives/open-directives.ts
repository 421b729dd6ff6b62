import { join } from "node:path";
import { sqlFolder } from "../../warehouse/statement.ts";
import { type AuditedStore, type ChangeOf, openAuditedStore } from "../audited-store.ts";
import type { LedgerOptions } from "../open-ledger.ts";
import type { DirectiveTables } from "./tables.ts";

/** The file of a data folder that holds its directives. */
export const DIRECTIVES_FILE = "directives.db";
/** Beside it, the last row of its audit. */
export const DIRECTIVES_CHECKPOINT = "directives-checkpoint.json";

/** Directives, who is of which class, and whom they turned away: apart from the ledger, with an audit and keys of its own. */
export type DirectiveStore = AuditedStore<DirectiveTables>;

/** A change of it that is being made. */
export type DirectiveChange = ChangeOf<DirectiveTables>;

/**
 * Opens the directives of a data folder, or those of a PostgreSQL database, where they have a schema of their own.
 * Throws SW_DATA_UNUSABLE, SW_LEDGER_AWAY, SW_LEDGER_NEWER, SW_LEDGER_FAILED.
 */
export function openDirectives(
  options: Pick<LedgerOptions, "dataDir" | "url" | "now">,
): Promise<DirectiveStore> {
  return openAuditedStore({
    ...options,
    migrationsFolder: join(sqlFolder(), "directives"),
    file: DIRECTIVES_FILE,
    keysFile: "directives-keys.json",
    checkpointFile: DIRECTIVES_CHECKPOINT,
    schema: "stillwatch_directives",
  });
}

/** The number of the audit's row that a change will begin with: higher than that of every change before it. */
export async function revisionOf({ tx }: DirectiveChange): Promise<number> {
  const last = await tx
    .selectFrom("audit")
    .select((of) => of.fn.max("sequence").as("n"))
    .executeTakeFirst();
  return (last?.n ?? 0) + 1;
}
