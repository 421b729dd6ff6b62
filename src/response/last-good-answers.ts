import type { Asked, Decision } from "./decision-table.ts";
import { askServer, type DecisionServer } from "./follow-decisions.ts";

/** How a server is asked. */
export interface Asking {
  /** How long its answer is waited for, milliseconds. */
  readonly askMs: number;
  /** How long the last answer to a question holds where the server can't be asked, milliseconds. */
  readonly lastGoodMs: number;
  readonly now: () => Date;
  readonly onFailure?: ((error: unknown) => void) | undefined;
}

const MOST_REMEMBERED = 10_000;

/** Asks a server each question; answers what it said last where it can't be asked, and undefined where that is too long ago. */
export function lastGoodAnswers(
  server: DecisionServer,
  { askMs, lastGoodMs, now, onFailure }: Asking,
): (asked: Asked) => Promise<Decision | undefined> {
  const remembered = new Map<string, { readonly decision: Decision; readonly at: number }>();
  const remember = (question: string, decision: Decision): void => {
    remembered.delete(question);
    remembered.set(question, { decision, at: now().getTime() });
    const [oldest = ""] = remembered.keys();
    if (remembered.size > MOST_REMEMBERED) remembered.delete(oldest);
  };
  return async ({ credential, ...asked }) => {
    const body = JSON.stringify({ ...asked, key: credential });
    try {
      const headers = { "content-type": "application/json" };
      const signal = AbortSignal.timeout(askMs);
      const init = { method: "POST", headers, body, signal };
      const decision = (await (await askServer(server, "/v1/decision", init)).json()) as Decision;
      remember(body, decision);
      return decision;
    } catch (error) {
      onFailure?.(error);
      const last = remembered.get(body);
      return last !== undefined && now().getTime() - last.at <= lastGoodMs
        ? last.decision
        : undefined;
    }
  };
}
