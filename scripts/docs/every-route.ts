import { agreementRoutes } from "../../src/server/agreement-routes.ts";
import { directiveRoutes } from "../../src/server/directive-routes.ts";
import { groupsRoute } from "../../src/server/groups-route.ts";
import { healthRoutes } from "../../src/server/health-routes.ts";
import { intakeRoutes } from "../../src/server/intake-routes.ts";
import { withOpenApi } from "../../src/server/open-api.ts";
import { peopleRoutes } from "../../src/server/open-people.ts";
import { routesOfDecisions } from "../../src/server/serve-decisions.ts";
import type { Route } from "../../src/server/route.ts";

/** Stands for any part of a server that isn't there: routes may hold it and what is in it, and fail where they call it. */
const ABSENT = absent();

/** Every route that a server can have, to be described and never answered: there is nothing behind them. A test compares them with a running server's. */
export function everyRoute(): readonly Route[] {
  return withOpenApi([
    ...intakeRoutes(ABSENT),
    ...agreementRoutes(ABSENT, ABSENT),
    ...directiveRoutes(ABSENT),
    groupsRoute(ABSENT),
    ...healthRoutes(ABSENT, ABSENT),
    ...routesOfDecisions(ABSENT, ABSENT, () => 0),
    ...peopleRoutes(ABSENT),
  ]);
}

function absent(): never {
  const nothing = (): never => {
    throw new Error("there is no server behind this route");
  };
  // It is of every type and has no value that could be used.
  return new Proxy(nothing, { get: absent }) as never;
}
