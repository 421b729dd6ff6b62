import { mkdtempSync, rmSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Runs `work` in a new folder that only this user can enter, and removes it afterwards, also where the process is told to end at once: it holds raw text. */
export async function inTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "stillwatch-"));
  const forget = (): void => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  process.once("exit", forget);
  try {
    return await work(folder);
  } finally {
    process.removeListener("exit", forget);
    await rm(folder, { recursive: true, force: true });
  }
}
