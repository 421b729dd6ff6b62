import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { StillwatchError } from "../core/errors.ts";
import type { Checkpoint } from "./audit-chain.ts";

const FILE = "audit-checkpoint.json";

const shape = z.strictObject({
  sequence: z.int().positive(),
  time: z.string(),
  hash: z.string(),
  signature: z.string(),
});

/**
 * Keeps the audit's last row beside the store, so that a store whose end was cut off, or that was put back to an earlier
 * state, is noticed. After a crash it may be one change behind, which is no harm; it fails in silence, as the change is made.
 */
export function keepCheckpoint(dataDir: string, checkpoint: Checkpoint, file = FILE): void {
  const path = join(dataDir, file);
  try {
    writeFileSync(`${path}.part`, `${JSON.stringify(checkpoint)}\n`, { mode: 0o600 });
    renameSync(`${path}.part`, path);
  } catch {
    // The next change writes a later one.
  }
}

/** The checkpoint beside a folder's store (the ledger's where no file is named); undefined where there is none. Throws SW_DATA_UNUSABLE where it is damaged. */
export function lastCheckpoint(dataDir: string, file = FILE): Checkpoint | undefined {
  const path = join(dataDir, file);
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
  return parseCheckpoint(path, text);
}

/** Reads one checkpoint, as `stillwatch audit checkpoint` prints it. Throws SW_DATA_UNUSABLE. */
export function parseCheckpoint(path: string, text: string): Checkpoint {
  try {
    return shape.parse(JSON.parse(text));
  } catch {
    throw new StillwatchError("SW_DATA_UNUSABLE", { path, reason: "it is no checkpoint" });
  }
}
