import { readAuditKey } from "../ledger/audit-key.ts";
import { acknowledgePages } from "./acknowledge-pages.ts";
import {
  type Asked,
  type Decision,
  openDecisionTable,
  type OpenDecisionTable,
} from "./decision-table.ts";
import { type DecisionServer, followDecisions } from "./follow-decisions.ts";
import { followDirectedModels } from "./follow-directed-models.ts";
import { lastGoodAnswers } from "./last-good-answers.ts";

export type { Asked, Decision } from "./decision-table.ts";

/** How a gateway keeps decisions by itself. */
export interface DecisionClientOptions extends DecisionServer {
  /** The keys whose signatures are believed, PEM; `stillwatch audit key` prints it. */
  readonly publicKeys: readonly string[];
  /** Models under a directive, or beginnings of their names with `*`, beside those that the server tells of: for a start without it. */
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
  /**
   * What to do with a request: from memory, unless a directive may bind it. Who may use a model under a directive depends
   * on attested classes of persons, which never leave the server: it is asked each time, and whom it can't be asked about
   * is denied. So is a key without its account, as keys are known by hashes of which only the server has the secret; where
   * it can't be asked about, it is allowed. Never fails.
   */
  decide(asked: Asked): Promise<Decision>;
  state(): DecisionClientState;
  /** Resolves when everything was loaded for the first time. Until then nothing is decided about anybody. */
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

const LAST_GOOD_MS = 300_000;
const ASK_MS = 500;
/** Accounts looked through at each page for steps that ran out. */
const SWEEP = 10_000;

/** Of a request that a directive may bind, where the server can't be asked. */
const DENIED_UNASKED: Decision = {
  action: "deny",
  reason: "directive_stale",
  expires: null,
  case: null,
  directive: null,
  decision: null,
};

/** Loads what is decided and follows it until it is closed. Throws SW_DATA_UNUSABLE where a key is none. */
export function openDecisionClient(options: DecisionClientOptions): DecisionClient {
  const { now = () => new Date(), lastGoodMs = LAST_GOOD_MS, askMs = ASK_MS, onFailure } = options;
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
    onFailure,
    stop: stop.signal,
  });
  const { directedModels: fixed = [] } = options;
  const directed = followDirectedModels(options, { fixed, onFailure, stop: stop.signal });
  const ask = lastGoodAnswers(options, { askMs, lastGoodMs, now, onFailure });
  return {
    async decide(asked) {
      if (directed.covers(asked.model)) return (await ask(asked)) ?? DENIED_UNASKED;
      return (isKeyAlone(asked) ? await ask(asked) : undefined) ?? table.decide(asked);
    },
    state: () => ({ accounts: table.accounts, freshAt, isStale: isStale() }),
    loaded: Promise.all([loaded.promise, directed.loaded]).then(() => undefined),
    close: () => stop.abort(),
  };
}

function isKeyAlone({ account = "", credential = "" }: Asked): boolean {
  return account === "" && credential !== "";
}
