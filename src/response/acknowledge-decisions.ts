import { acknowledge } from "../ledger/acknowledgements.ts";
import type { Ledger } from "../ledger/open-ledger.ts";
import type { Decisions } from "./open-decisions.ts";

const EVERY_MS = 60_000;

/**
 * Tells the ledger how far these decisions are: whenever they changed, and once a minute. What can't be told now is told
 * then; whoever reads the ledger hears of its failures already. Answers how to end it.
 */
export function acknowledgeDecisions(
  decisions: Decisions,
  { ledger, gateway, everyMs = EVERY_MS }: { ledger: Ledger; gateway: string; everyMs?: number },
): () => Promise<void> {
  let working: Promise<void> = Promise.resolve();
  let waiting = false;
  const tellNow = async (): Promise<void> => {
    waiting = false;
    const { sequence } = decisions;
    await acknowledge(ledger, { gateway, sequence }).catch(() => {});
  };
  const tell = (): void => {
    if (waiting) return;
    waiting = true;
    working = working.then(tellNow);
  };
  tell();
  const timer = setInterval(tell, everyMs).unref();
  const stop = decisions.listen(tell);
  return async () => {
    stop();
    clearInterval(timer);
    await working;
  };
}
