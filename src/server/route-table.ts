import { StillwatchError } from "../core/errors.ts";
import type { Route } from "./route.ts";

/** What a request leads to. */
export interface Found {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

/** Finds the route of a method and an address. Throws SW_ROUTE_UNKNOWN, SW_METHOD_UNKNOWN. */
export type RouteTable = (method: string, url: string) => Found;

const NONE: Readonly<Record<string, string>> = {};

/** Looks up a path without parameters at once, and compares the others part by part. A path that is written out wins over one with parameters, and both over `/*`. */
export function routeTable(routes: readonly Route[]): RouteTable {
  const written = Map.groupBy(routes, ({ path }) => path);
  const patterns = [...written.keys()]
    .filter((path) => path.includes("/:"))
    .map((path) => ({ path, parts: path.split("/") }));
  const beginnings = routes
    .filter(({ method }) => method === "ANY")
    .map((route) => ({ route, begins: route.path.slice(0, -1) }));
  return (method, url) => {
    const end = url.indexOf("?");
    const path = end < 0 ? url : url.slice(0, end);
    const plain = path.includes("/:") ? undefined : written.get(path);
    if (plain !== undefined) return { route: ofMethod(plain, method), params: NONE };
    const given = path.split("/");
    for (const { path: pattern, parts } of patterns) {
      const params = paramsOf(parts, given);
      if (params !== undefined)
        return { route: ofMethod(written.get(pattern) ?? [], method), params };
    }
    const any = beginnings.find(({ begins }) => path.startsWith(begins));
    if (any !== undefined) return { route: any.route, params: NONE };
    throw new StillwatchError("SW_ROUTE_UNKNOWN");
  };
}

function ofMethod(here: readonly Route[], method: string): Route {
  const found = here.find((route) => route.method === method);
  if (found !== undefined) return found;
  const allowed = here.map((route) => route.method).join(" or ");
  throw new StillwatchError("SW_METHOD_UNKNOWN", { method, allowed });
}

/** The parameters of a path, where it is of this pattern; an empty or damaged part is of none. */
function paramsOf(
  parts: readonly string[],
  given: readonly string[],
): Readonly<Record<string, string>> | undefined {
  if (parts.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [at, part] of parts.entries()) {
    const said = given[at] ?? "";
    if (!part.startsWith(":")) {
      if (part !== said) return undefined;
      continue;
    }
    const value = decoded(said);
    if (value === undefined || value === "") return undefined;
    params[part.slice(1)] = value;
  }
  return params;
}

function decoded(text: string): string | undefined {
  try {
    const plain = decodeURIComponent(text);
    return plain.includes("\0") ? undefined : plain;
  } catch {
    return undefined;
  }
}
