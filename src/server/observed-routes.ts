import { ERRORS, StillwatchError } from "../core/errors.ts";
import type { Metrics } from "./open-metrics.ts";
import type { Tracer } from "./open-tracer.ts";
import type { Answer, Route } from "./route.ts";

/** Who watches routes. */
export interface Observers {
  readonly metrics: Metrics;
  /** Absent where nothing is traced. */
  readonly tracer: Tracer | undefined;
  readonly now: () => Date;
  /** Milliseconds that only grow. */
  readonly clock: () => number;
}

/** The same routes, each answer counted, timed and traced. Of a request only its method, route and status are told. */
export function observedRoutes(
  routes: readonly Route[],
  { metrics, tracer, now, clock }: Observers,
): readonly Route[] {
  return routes.map((route) => ({
    ...route,
    async answer(request, call): Promise<Answer> {
      const [began, from] = [now(), clock()];
      let status = 500;
      try {
        const answer = await route.answer(request, call);
        ({ status } = answer);
        return answer;
      } catch (error) {
        if (error instanceof StillwatchError) ({ status } = ERRORS[error.code]);
        throw error;
      } finally {
        const { method, path } = route;
        metrics.answered({ method, route: path, status, seconds: (clock() - from) / 1_000 });
        const parent = request.headers.traceparent;
        tracer?.record({
          name: `${method} ${path}`,
          kind: "server",
          began,
          attributes: {
            "http.request.method": method,
            "http.route": path,
            "http.response.status_code": status,
          },
          failed: status >= 500,
          parent: typeof parent === "string" ? parent : undefined,
        });
      }
    },
  }));
}
