import { feedHead } from "../ledger/decision-feed.ts";
import type { Ledger } from "../ledger/open-ledger.ts";
import { readBrokenGlass } from "../ledger/review/broken-glass.ts";
import type { Alerts } from "../response/open-alerts.ts";
import { type KeptFresh, keepFresh } from "./kept-fresh.ts";

/**
 * Has alerts tell of every step that is taken breaking glass, whoever takes it and where: over HTTP, by a command, on
 * another node, while no server ran. The ledger's audit is looked at twice a second, and read where it grew.
 */
export function tellBrokenGlass({
  ledger,
  alerts,
  onFailure,
}: {
  readonly ledger: Ledger;
  readonly alerts: Pick<Alerts, "glassRead" | "tellGlass">;
  readonly onFailure: (error: unknown) => void;
}): Promise<Pick<KeptFresh<void>, "close">> {
  let after = alerts.glassRead();
  return keepFresh(async () => {
    const upTo = await feedHead(ledger);
    if (upTo === after) return;
    alerts.tellGlass(await readBrokenGlass(ledger, { after, upTo }), upTo);
    after = upTo;
  }, onFailure);
}
