import { StillwatchError } from "../core/errors.ts";
import type { Progress } from "../core/progress.ts";
import { EXIT } from "./exit-codes.ts";

/** A query that runs longer than this after Ctrl-C is not waited for. */
const PATIENCE_MS = 10_000;

/**
 * Runs `work` so that Ctrl-C ends it at its next progress event and everything it holds open or temporary is closed
 * and removed on the way out; a second Ctrl-C ends the process at once. Throws SW_INTERRUPTED when it was ended.
 */
export async function interruptible<T>(
  progress: Progress,
  work: (progress: Progress) => Promise<T>,
): Promise<T> {
  let stopped = false;
  let patience: NodeJS.Timeout | undefined;
  const stop = (): void => {
    if (stopped) process.exit(EXIT.interrupted);
    stopped = true;
    patience = setTimeout(() => process.exit(EXIT.interrupted), PATIENCE_MS).unref();
  };
  const assertRunning = (): void => {
    if (stopped) throw new StillwatchError("SW_INTERRUPTED");
  };
  process.on("SIGINT", stop);
  try {
    const done = await work((event) => {
      assertRunning();
      progress(event);
    });
    assertRunning();
    return done;
  } catch (error) {
    assertRunning();
    throw error;
  } finally {
    clearTimeout(patience);
    process.off("SIGINT", stop);
  }
}
