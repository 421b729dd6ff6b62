import { statfs } from "node:fs/promises";
import { StillwatchError } from "../core/errors.ts";
import type { Intake } from "../ingest/open-intake.ts";

/** When intake says wait. Bytes. */
export interface GateLimits {
  /** Taken and not yet in the warehouse. */
  readonly mostWaiting: number;
  /** Free on the disk of the data folder. */
  readonly leastFree: number;
}

/** Says whether more may be taken. */
export interface IntakeGate {
  /**
   * Throws SW_BACKLOG or SW_DISK_LOW. What is refused `last`, at twice the backlog and at half the free space, is what
   * comes from senders who forget what is refused, and lines about accounts: they are few and say what may be kept.
   */
  assertOpen(last: boolean): Promise<void>;
}

/** How old a look at the disk may be. */
const LOOK_MS = 1_000;

/** `clock` is in milliseconds and only grows. */
export function intakeGate(
  intake: Pick<Intake, "state">,
  folder: string,
  { mostWaiting, leastFree, clock }: GateLimits & { readonly clock: () => number },
): IntakeGate {
  let looked = Number.NEGATIVE_INFINITY;
  let free = 0;
  return {
    async assertOpen(last) {
      const patience = last ? 2 : 1;
      if (intake.state().waitingBytes > mostWaiting * patience) {
        throw new StillwatchError("SW_BACKLOG");
      }
      if (clock() - looked >= LOOK_MS) {
        looked = clock();
        const { bavail, bsize } = await statfs(folder);
        free = bavail * bsize;
      }
      if (free < leastFree / patience) throw new StillwatchError("SW_DISK_LOW");
    },
  };
}
