import type { ScanResult } from "../core/assessment.ts";
import type { SegmentTotals } from "../ingest/load-segment.ts";
import type { AlertSettings } from "../response/alert-settings.ts";
import { openAlertStore } from "../response/alert-store.ts";
import { type ReloadableAlerts, reloadableAlerts } from "../response/reloadable-alerts.ts";
import { healthRoutes } from "./health-routes.ts";
import { observedRoutes } from "./observed-routes.ts";
import { type HealthSources, openHealth } from "./open-health.ts";
import { openMetrics } from "./open-metrics.ts";
import { openTracer, type TracerOptions } from "./open-tracer.ts";
import type { Route } from "./route.ts";

/** What watching works with. */
export interface WatchOptions extends Omit<HealthSources, "alerts"> {
  /** Absent: nobody is alerted. */
  readonly alerting?: AlertSettings | undefined;
  /** Absent: nothing is traced. */
  readonly tracing?: Pick<TracerOptions, "url" | "headers" | "service"> | undefined;
}

/** What watches over a server: its health, its alerts, its traces. */
export interface Watch {
  /** The routes given, watched, and those by which it is asked how the server does. */
  routes(routes: readonly Route[]): readonly Route[];
  loaded(done: SegmentTotals, began: Date): void;
  assessed(result: ScanResult, closedTick: number): void;
  /** Absent where nobody is alerted. */
  readonly alerts: ReloadableAlerts | undefined;
  /** Other settings of alerts hold from now on; without effect where nobody is alerted. */
  useAlerting(settings: AlertSettings): Promise<void>;
  /** Ends when all that was heard is durable. */
  close(): Promise<void>;
}

/** Opens the watch. Throws SW_DATA_UNUSABLE where what was told before can't be read. */
export function openWatch(options: WatchOptions): Watch {
  const { dataDir, now, clock, onFailure, alerting, tracing } = options;
  const alerts =
    alerting &&
    reloadableAlerts({
      settings: alerting,
      store: openAlertStore(dataDir),
      now,
      random: Math.random,
      onFailure,
    });
  const tracer = tracing && openTracer({ ...tracing, now });
  const health = openHealth({ ...options, alerts });
  const metrics = openMetrics(health);
  return {
    routes: (routes) => [
      ...observedRoutes(routes, { metrics, tracer, now, clock }),
      ...healthRoutes(health, metrics),
    ],
    loaded({ accepted, repeats, rejected }, began) {
      metrics.loaded((now().getTime() - began.getTime()) / 1_000);
      const attributes = { accepted, repeats, rejected };
      tracer?.record({ name: "load", kind: "internal", began, attributes });
    },
    assessed(result, closedTick) {
      const took = options.judge()?.tickMs ?? 0;
      metrics.judged(took / 1_000);
      const attributes = { tick: closedTick, groups: result.groups.length };
      const began = new Date(now().getTime() - took);
      tracer?.record({ name: "judge", kind: "internal", began, attributes });
      health.heardTick(result, closedTick);
    },
    alerts,
    useAlerting: async (settings) => alerts?.use(settings),
    async close() {
      await health.close();
      await alerts?.close();
      await tracer?.close();
    },
  };
}
