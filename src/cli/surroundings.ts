import type { ProgressStream } from "./terminal-progress.ts";

/** What a command touches of the process that runs it; passed in so that a test can watch. */
export interface Surroundings {
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: ProgressStream & NodeJS.WritableStream;
  readonly stderr: ProgressStream;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Wall clock. */
  readonly now: () => Date;
  /** Milliseconds that only grow. */
  readonly clock: () => number;
  /** Sets what the process will exit with. */
  readonly exitWith: (code: number) => void;
}

/** The real process. */
export function processSurroundings(): Surroundings {
  return {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    environment: process.env,
    now: () => new Date(),
    clock: () => performance.now(),
    exitWith: (code) => {
      process.exitCode = code;
    },
  };
}
