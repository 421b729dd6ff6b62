import { type DirectiveStore, openDirectives } from "../ledger/directives/open-directives.ts";
import type { Restrictions } from "../response/decision-table.ts";
import { openRestrictions } from "../response/directives/open-restrictions.ts";
import { directiveRoutes, type DirectiveRoutesOptions } from "./directive-routes.ts";
import type { Route } from "./route.ts";
import { type DecisionServing, STALE_SECONDS } from "./serve-decisions.ts";

/** Directives that are served. */
export interface ServedDirectives {
  /** For decisions. */
  readonly restrictions: Restrictions;
  routes(by: Pick<DirectiveRoutesOptions, "traffic" | "ledger">): readonly Route[];
  /** Writes down who was turned away, and ends. */
  close(): Promise<void>;
}

/** Serves the directives of a data folder, or those beside a shared ledger. Throws the store's errors. */
export async function serveDirectives(
  options: Omit<DecisionServing, "restrictions">,
): Promise<ServedDirectives> {
  const { dataDir, ledgerUrl, now, staleAfterSeconds = STALE_SECONDS } = options;
  const open = (): Promise<DirectiveStore> => openDirectives({ dataDir, url: ledgerUrl, now });
  const directives = await open();
  const closeAll = [() => directives.close()];
  const close = async (): Promise<void> => {
    for (const one of closeAll.toReversed()) await one();
  };
  try {
    const writer = await open();
    closeAll.push(() => writer.close());
    const staleAfterMs = staleAfterSeconds * 1_000;
    const restrictions = await openRestrictions({ ...options, directives, writer, staleAfterMs });
    closeAll.push(() => restrictions.close());
    return {
      restrictions,
      routes: (by) => directiveRoutes({ ...by, store: writer, restrictions }),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
