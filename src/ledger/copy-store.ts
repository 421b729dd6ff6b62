import { closeSync, openSync } from "node:fs";
import { backup, DatabaseSync } from "node:sqlite";
import { StillwatchError } from "../core/errors.ts";

/** How long it waits for another process to end its transaction, ms. */
const BUSY_MS = 10_000;
/** Pages a step: all of them. Between two steps another process's change would begin the copy anew. */
const ALL = 2_147_483_647;

/**
 * Copies a SQLite store as of one moment, by SQLite's online backup: other processes may go on reading and writing it. `to`
 * must not be there; its owner alone may read it. Throws SW_DATA_UNUSABLE where the store is none, or is damaged.
 */
export async function copyStore(path: string, to: string): Promise<void> {
  try {
    closeSync(openSync(to, "wx", 0o600));
    const store = new DatabaseSync(path, { timeout: BUSY_MS });
    try {
      await backup(store, to, { rate: ALL });
    } finally {
      store.close();
    }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StillwatchError("SW_DATA_UNUSABLE", { path, reason }, cause);
  }
}
