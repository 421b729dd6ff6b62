import type { AlertSettings } from "./alert-settings.ts";
import { type Alerts, type AlertsOptions, openAlerts } from "./open-alerts.ts";

/** Alerts whose settings can change while they go on. */
export interface ReloadableAlerts extends Alerts {
  /** From now on other settings hold. What waits to be delivered waits on. */
  use(settings: AlertSettings): Promise<void>;
}

/** Opens alerts that can be given other settings. Throws SW_DATA_UNUSABLE. */
export function reloadableAlerts(options: AlertsOptions): ReloadableAlerts {
  let current = openAlerts(options);
  return {
    // What is heard while one ends is in the store by the time the next reads it.
    hear: (tick) => current.hear(tick),
    glassRead: () => current.glassRead(),
    tellGlass: (broken, upTo) => current.tellGlass(broken, upTo),
    state: () => current.state(),
    close: () => current.close(),
    async use(settings) {
      await current.close();
      current = openAlerts({ ...options, settings });
    },
  };
}
