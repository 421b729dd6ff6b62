import { accessSync, constants, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { StillwatchError } from "../core/errors.ts";

/** Checks, before a long job starts, that `path` can be written at its end. Throws SW_OUTPUT_UNWRITABLE. */
export function assertWritable(path: string): void {
  const folder = dirname(path);
  try {
    if (!statSync(folder).isDirectory()) throw new Error("its folder is not a folder");
    accessSync(folder, constants.W_OK);
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) {
      throw new Error("it is a folder");
    }
  } catch (cause) {
    throw unwritable(path, cause);
  }
}

/**
 * Writes a whole file or nothing: first beside it, then renamed into place, so that a reader or an interrupted run
 * never meets half a file. Throws SW_OUTPUT_UNWRITABLE.
 */
export function writeOutput(path: string, text: string): void {
  const beside = join(dirname(path), `.${basename(path)}.${process.pid}.part`);
  try {
    writeFileSync(beside, text);
    renameSync(beside, path);
  } catch (cause) {
    rmSync(beside, { force: true });
    throw unwritable(path, cause);
  }
}

function unwritable(path: string, cause: unknown): StillwatchError {
  return new StillwatchError("SW_OUTPUT_UNWRITABLE", { path, reason: reasonOf(cause) }, cause);
}

function reasonOf(cause: unknown): string {
  const code = (cause as NodeJS.ErrnoException).code;
  if (code === "ENOENT") return "its folder does not exist";
  if (code === "EACCES" || code === "EROFS") return "no permission";
  if (code === "ENOSPC") return "the disk is full";
  return cause instanceof Error ? cause.message : String(cause);
}
