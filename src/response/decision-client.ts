import { readAuditKey } from "../ledger/audit-key.ts";
import { acknowledgePages } from "./acknowledge-pages.ts";
import {
  type Asked,
  type Decision,
  openDecisionTable,
  type OpenDecisionTable,
} from "./decision-table.ts";
import { askServer, type DecisionServer, followDecisions } from "./follow-decisions.ts";

export type { Asked, Decision } from "./decision-table.ts";

/** How a gateway keeps decisions by itself. */
export interface DecisionClientOptions extends DecisionServer {
  /** The keys whose signatures are believed, PEM; `stillwatch audit key` prints it. */
  readonly publicKeys: readonly string[];
  /**
   * Models under a directive. Who may use one depends on attested classes of persons, which never leave the server: it
   * is asked each time, and whom it can't be asked about is denied.
   */
  readonly directedModels?: readonly string[];
  /** The name under which it says how far it is, so that undoing a step can be seen to arrive; one of its token's own. Without it nothing is said. */
  readonly gateway?: string;
  /** How long what was known last holds without news, milliseconds; 300,000 by default. Clocks must agree better than that. */
  readonly lastGoodMs?: number;
  /** How long an answer of the server is waited for, milliseconds; 500 by default. */
  readonly askMs?: number;
  readonly now?: () => Date;
  /** Hears of what went wrong; the client tries again by itself. */
  readonly onFailure?: (error: unknown) => void;
}

/** Decisions that are kept here. */
export interface DecisionClient {
  /** What to do with a request: from memory, unless the model is under a directive or only the key is known. Never fails. */
  decide(asked: Asked): Promise<Decision>;
  state(): DecisionClientState;
  /** Resolves when decisions were loaded for the first time. Until then nothing is decided about anybody. */
  readonly loaded: Promise<void>;
  close(): void;
}

/** How a client does. */
export interface DecisionClientState {
  /** Accounts that something is decided about. */
  readonly accounts: number;
  /** When what is known was what the ledger says; undefined until it was loaded. */
  readonly freshAt: Date | undefined;
  /** Whether that is too long ago: then nothing that was decided because of a case holds any more. */
  readonly isStale: boolean;
}

/** Of a model under a directive, where the server can't be asked. */
const DENIED_UNASKED: Decision = {
  action: "deny",
  reason: "stale",
  expires: null,
  case: null,
  directive: null,
  decision: null,
};
const LAST_GOOD_MS = 300_000;
const ASK_MS = 500;
/** Accounts looked through at each page for steps that ran out. */
const SWEEP = 10_000;
const MOST_REMEMBERED = 10_000;

/** Loads what is decided and follows it until it is closed. Throws SW_DATA_UNUSABLE where a key is none. */
export function openDecisionClient(options: DecisionClientOptions): DecisionClient {
  const { now = () => new Date(), lastGoodMs = LAST_GOOD_MS, directedModels = [] } = options;
  let freshAt: Date | undefined;
  const isStale = (): boolean =>
    freshAt === undefined || now().getTime() - freshAt.getTime() > lastGoodMs;
  const emptyTable = (): OpenDecisionTable => openDecisionTable({ now, isStale });
  let table = emptyTable();
  const stop = new AbortController();
  const loaded = Promise.withResolvers<void>();
  const acknowledge = acknowledgePages({ ...options, now });
  void followDecisions(options, {
    keys: options.publicKeys.map((pem) => readAuditKey("publicKeys", pem)),
    onPage({ entries, time, sequence }, isAll) {
      if (isAll) table = emptyTable();
      for (const entry of entries) table.apply(entry);
      table.sweep(SWEEP);
      freshAt = new Date(time);
      loaded.resolve();
      acknowledge(sequence);
    },
    onFailure: options.onFailure,
    stop: stop.signal,
  });
  const ask = lastGoodAnswers(options, { now, lastGoodMs });
  return {
    async decide(asked) {
      const isDirected = asked.model !== undefined && directedModels.includes(asked.model);
      if (!isDirected && asked.account !== undefined) return table.decide(asked);
      const answer = await ask(asked);
      if (answer !== undefined) return answer;
      return isDirected ? DENIED_UNASKED : table.decide(asked);
    },
    state: () => ({ accounts: table.accounts, freshAt, isStale: isStale() }),
    loaded: loaded.promise,
    close: () => stop.abort(),
  };
}

/** Asks the server; where it can't be asked, what it answered last, for a while. */
function lastGoodAnswers(
  options: DecisionClientOptions,
  { now, lastGoodMs }: { readonly now: () => Date; readonly lastGoodMs: number },
): (asked: Asked) => Promise<Decision | undefined> {
  const remembered = new Map<string, { readonly decision: Decision; readonly at: number }>();
  return async ({ credential, ...asked }) => {
    const body = JSON.stringify({ ...asked, key: credential });
    try {
      const headers = { "content-type": "application/json" };
      const signal = AbortSignal.timeout(options.askMs ?? ASK_MS);
      const answer = await askServer(options, "/v1/decision", {
        method: "POST",
        headers,
        body,
        signal,
      });
      const decision = (await answer.json()) as Decision;
      remembered.delete(body);
      remembered.set(body, { decision, at: now().getTime() });
      const [oldest = ""] = remembered.keys();
      if (remembered.size > MOST_REMEMBERED) remembered.delete(oldest);
      return decision;
    } catch (error) {
      options.onFailure?.(error);
      const last = remembered.get(body);
      return last !== undefined && now().getTime() - last.at <= lastGoodMs
        ? last.decision
        : undefined;
    }
  };
}
