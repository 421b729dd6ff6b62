import { USER_ROLES } from "../../src/ledger/tables.ts";
import { roleMay } from "../../src/ledger/users.ts";
import { rightOf, type Route, scopeOf } from "../../src/server/route.ts";
import { GENERATED } from "./generated.ts";

/** The page of routes: what each does, and who may call it. */
export function httpReference(routes: readonly Route[]): string {
  const rows = routes
    .toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
    .map(
      (route) =>
        `| ${[callOf(route), route.summary, tokenOf(route), peopleOf(route)].join(" | ")} |`,
    );
  return [
    GENERATED,
    "# HTTP",
    "",
    "What `stillwatch serve` answers, and whom. [openapi.json](openapi.json) has the shapes of it (OpenAPI 3.1); a server answers its own at `GET /v1/openapi.json`. Every refusal is a problem (RFC 9457) with a code of [errors](errors.md). A machine sends `authorization: Bearer TOKEN`; a person's page sends the session's cookie and the header `x-stillwatch`.",
    "",
    "| route | does | a token's scope | people |",
    "| --- | --- | --- | --- |",
    ...rows,
    "",
  ].join("\n");
}

function callOf({ method, path }: Route): string {
  return `\`${method} ${path}\``;
}

function tokenOf(route: Route): string {
  if (route.caller === "anyone") return "anyone";
  const scope = scopeOf(route);
  return scope === undefined ? "none" : `\`${scope}\``;
}

function peopleOf(route: Route): string {
  if (route.caller === "anyone") return "anyone";
  const right = rightOf(route);
  if (right === undefined) return "none";
  const roles = USER_ROLES.filter((role) => roleMay(role, right));
  return roles.length === USER_ROLES.length ? "all roles" : roles.join(", ");
}
