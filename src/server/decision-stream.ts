import { setImmediate as breathe } from "node:timers/promises";
import type { LedgerKeys } from "../ledger/ledger-keys.ts";
import { type PageContent, writePage } from "../response/decision-page.ts";
import type { Decisions } from "../response/open-decisions.ts";

/** How a stream is read. */
export interface StreamOptions {
  /** The reader's number. */
  readonly since: number;
  readonly keys: LedgerKeys;
  /** After how long without a change a page is sent all the same, milliseconds; 15,000 by default. */
  readonly heartbeatMs?: number;
}

const HEARTBEAT_MS = 15_000;
/** Entries of an event. */
const EVENT = 500;

/**
 * What changes from a number on, as server-sent events (`decision-page.ts`); the first comes at once. Nothing is kept for a
 * reader: when it has taken an event it is told what changed meanwhile, and where that is more than is remembered the
 * stream ends, as it does where all is to be read anew.
 */
export async function* decisionStream(
  decisions: Decisions,
  { since, keys, heartbeatMs = HEARTBEAT_MS }: StreamOptions,
): AsyncGenerator<string> {
  let [at, over] = [since, false];
  let wake = (): void => {};
  const stop = decisions.listen((changes) => {
    over ||= changes === undefined;
    wake();
  });
  try {
    for (;;) {
      const { sequence, time } = decisions;
      const missed = decisions.changesAfter(at);
      if (over || missed === undefined) return;
      for (let from = 0; from === 0 || from < missed.length; from += EVENT) {
        const last = from + EVENT >= missed.length;
        const entries = missed.slice(from, from + EVENT);
        const page = { since: at, sequence: last ? sequence : at, time, entries, before: from };
        yield eventOf(page, keys);
        await breathe();
      }
      at = sequence;
      if (decisions.sequence !== at) continue;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, heartbeatMs).unref();
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  } finally {
    stop();
  }
}

function eventOf(page: PageContent, keys: LedgerKeys): string {
  return `event: decisions\nid: ${page.sequence}\ndata: ${[...writePage(page, keys)].join("")}\n\n`;
}
