import { StillwatchError } from "../core/errors.ts";
import type { Clock } from "./open-clock.ts";
import type { Route } from "./route.ts";

/** GET /v1/groups: what is assessed now, as `scan --json` writes it. */
export function groupsRoute(clock: Pick<Clock, "assessments" | "state">): Route {
  return {
    method: "GET",
    path: "/v1/groups",
    caller: { right: "look", scope: "groups:read" },
    summary: "What is assessed now, as scan --json writes it",
    answer: () => {
      const assessments = clock.assessments();
      if (assessments === undefined)
        throw new StillwatchError(clock.state().waits ? "SW_STANDBY" : "SW_JUDGING");
      return Promise.resolve({ status: 200, body: assessments.result });
    },
  };
}
