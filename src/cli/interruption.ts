import { EXIT } from "./exit-codes.ts";
import type { ProgressStream } from "./terminal-progress.ts";

/**
 * Ends the process cleanly on Ctrl-C while `work` runs: the progress line is closed, a line says what stands, exit 130.
 * Outputs are written whole or not at all, and what intake acknowledged is safe, so nothing needs repair.
 */
export async function interruptible<T>(
  stderr: ProgressStream,
  finish: () => void,
  work: () => Promise<T>,
): Promise<T> {
  const stop = (): void => {
    finish();
    stderr.write(
      "stillwatch: stopped. No report was written; run the same command to start again.\n",
    );
    process.exit(EXIT.interrupted);
  };
  process.once("SIGINT", stop);
  try {
    return await work();
  } finally {
    process.off("SIGINT", stop);
  }
}
