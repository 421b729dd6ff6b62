import type { Health } from "./open-health.ts";
import type { Metrics } from "./open-metrics.ts";
import type { Route } from "./route.ts";

/** The routes by which it is asked how the server does. */
export function healthRoutes(health: Health, metrics: Metrics): readonly Route[] {
  return [
    {
      method: "GET",
      path: "/v1/status",
      caller: { right: "look", scope: "status:read" },
      summary: "How the server does",
      answer: async () => ({ status: 200, body: await health.report() }),
    },
    {
      method: "GET",
      path: "/metrics",
      caller: "metrics:read",
      summary: "The same for Prometheus",
      async answer() {
        const { text, type } = await metrics.text();
        return { status: 200, bytes: text, type };
      },
    },
    {
      method: "GET",
      path: "/health",
      caller: "anyone",
      summary: "Whether the server is up",
      answer: () => Promise.resolve({ status: 200, body: { status: "up" } }),
    },
    {
      method: "GET",
      path: "/ready",
      caller: "anyone",
      summary: "Whether every stage works",
      async answer() {
        const checks = await health.ready();
        const ready = Object.values(checks).every(Boolean);
        const status = ready ? "ready" : "not ready";
        return { status: ready ? 200 : 503, body: { status, checks } };
      },
    },
  ];
}
