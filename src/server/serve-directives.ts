import { openDirectives } from "../ledger/directives/open-directives.ts";
import type { Restrictions } from "../response/decision-table.ts";
import type { Traffic } from "../response/directives/dry-run.ts";
import { openRestrictions } from "../response/directives/open-restrictions.ts";
import { directiveRoutes } from "./directive-routes.ts";
import type { Route } from "./route.ts";
import { type DecisionServing, STALE_SECONDS } from "./serve-decisions.ts";

/** Directives that are served. */
export interface ServedDirectives {
  /** For decisions. */
  readonly restrictions: Restrictions;
  routes(traffic: Traffic): readonly Route[];
  /** Writes down who was turned away, and ends. */
  close(): Promise<void>;
}

/** Serves the directives of a data folder, or those beside a shared ledger. Throws the store's errors. */
export async function serveDirectives(
  options: Omit<DecisionServing, "restrictions">,
): Promise<ServedDirectives> {
  const { dataDir, ledgerUrl, now, staleAfterSeconds = STALE_SECONDS } = options;
  const directives = await openDirectives({ dataDir, url: ledgerUrl, now });
  try {
    const staleAfterMs = staleAfterSeconds * 1_000;
    const restrictions = await openRestrictions({ ...options, directives, staleAfterMs });
    return {
      restrictions,
      routes: (traffic) => directiveRoutes(directives, restrictions, traffic),
      async close() {
        await restrictions.close();
        await directives.close();
      },
    };
  } catch (error) {
    await directives.close();
    throw error;
  }
}
