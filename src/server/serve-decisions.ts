import { hostname } from "node:os";
import { resolve } from "node:path";
import { type Ledger, openLedger } from "../ledger/open-ledger.ts";
import { acknowledgeDecisions } from "../response/acknowledge-decisions.ts";
import type { TableOptions } from "../response/decision-table.ts";
import { type Decisions, type DecisionsState, openDecisions } from "../response/open-decisions.ts";
import { acknowledgementRoute } from "./acknowledgement-route.ts";
import { decisionRoutes } from "./decision-routes.ts";
import { gatewayRoutes } from "./gateway-routes.ts";
import type { Route } from "./route.ts";

/** How decisions are served. */
export interface DecisionServing extends Pick<TableOptions, "restrictions" | "keyHash"> {
  readonly dataDir: string;
  readonly ledgerUrl?: string | undefined;
  /** How long decisions are believed while the ledger is out of reach, seconds; an hour by default, infinite: always. */
  readonly staleAfterSeconds?: number;
  readonly now: () => Date;
  /** Milliseconds that only grow. */
  readonly clock: () => number;
  readonly onFailure: (error: unknown) => void;
}

/** Decisions that are served. */
export interface ServedDecisions {
  readonly routes: readonly Route[];
  state(): DecisionsState;
  /** Hears on which accounts steps were decided. */
  listen(listener: (accounts: readonly string[]) => void): void;
  close(): Promise<void>;
}

/** See `DecisionServing.staleAfterSeconds`. */
export const STALE_SECONDS = 3_600;

/**
 * Serves a ledger's decisions, read by a connection of its own: another may be waiting for a change to be on disk. Throws
 * the ledger's errors.
 */
export async function serveDecisions(options: DecisionServing): Promise<ServedDecisions> {
  const { dataDir, ledgerUrl, now, staleAfterSeconds = STALE_SECONDS } = options;
  const ledger = await openLedger({ dataDir, url: ledgerUrl, now });
  try {
    const staleAfterMs = staleAfterSeconds * 1_000;
    const decisions = await openDecisions({ ...options, ledger, staleAfterMs });
    const gateway = `${hostname()}:${resolve(dataDir)}`;
    const stopTelling = acknowledgeDecisions(decisions, { ledger, gateway });
    return {
      routes: routesOfDecisions(decisions, ledger, options.clock),
      state: () => decisions.state(),
      listen: (listener) =>
        void decisions.listen((changes) => {
          const steps = changes?.entries.filter(({ action }) => action !== "allow") ?? [];
          if (steps.length > 0) listener(steps.map(({ account }) => account));
        }),
      async close() {
        await stopTelling();
        await decisions.close();
        await ledger.close();
      },
    };
  } catch (error) {
    await ledger.close();
    throw error;
  }
}

/** All routes by which decisions are asked for. `clock` is in milliseconds and only grows. */
export function routesOfDecisions(
  decisions: Decisions,
  ledger: Ledger,
  clock: () => number,
): readonly Route[] {
  return [
    ...decisionRoutes(decisions, ledger.keys),
    acknowledgementRoute(ledger, clock),
    ...gatewayRoutes(decisions),
  ];
}
