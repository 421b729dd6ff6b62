import { StillwatchError } from "../core/errors.ts";
import { outboxTable } from "./outbox-table.ts";
import type { Surroundings } from "./surroundings.ts";
import { hasLedger, withLedger } from "./with-ledger.ts";

const SHOWN = 5;

/** What `doctor` says of the commands of a data folder's ledger, or of the one in the environment; empty where none was ever asked for and none are stopped. */
export async function waitingCommands(data: string, around: Surroundings): Promise<string> {
  if (!hasLedger({ data }, around)) return "";
  try {
    const { outboxStatus } = await import("../ledger/outbox-status.ts");
    const status = await withLedger({ data }, around, (ledger) => outboxStatus(ledger, SHOWN));
    if (status.asked === 0 && status.switch.stopped === null) return "";
    return `\nCommands:\n${outboxTable(status, "  ")}`;
  } catch (error) {
    // The files were examined all the same.
    if (error instanceof StillwatchError) return `\nCommands:\n  ${error.message}\n`;
    throw error;
  }
}
