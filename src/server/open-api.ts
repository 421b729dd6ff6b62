import { STATUS_CODES } from "node:http";
import { z } from "zod";
import { rightOf, type Route, scopeOf } from "./route.ts";

type Schema = Readonly<Record<string, unknown>>;

const PROBLEM = "application/problem+json";
/** Methods by which a route of any method is described. */
const ANY = ["get", "post"] as const;

/** Routes, and one more that describes all of them: GET /v1/openapi.json. */
export function withOpenApi(routes: readonly Route[]): readonly Route[] {
  const own: Route = {
    method: "GET",
    path: "/v1/openapi.json",
    caller: "anyone",
    summary: "This description",
    answers: z.looseObject({ openapi: z.string(), paths: z.looseObject({}) }),
    answer: () => Promise.resolve({ status: 200, body: document }),
  };
  const all = [...routes, own];
  const document = openApi(all);
  return all;
}

/** OpenAPI 3.1 of routes: who may call them, what they take and answer. Every refusal is a problem (RFC 9457). */
export function openApi(routes: readonly Route[]): object {
  const paths: Record<string, Record<string, object>> = {};
  const sorted = routes.toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  for (const route of sorted) {
    const path = route.path.replace(/:(\w+)/g, "{$1}").replace("*", "{rest}");
    const methods = route.method === "ANY" ? ANY : [route.method.toLowerCase()];
    for (const method of methods)
      paths[path] = { ...paths[path], [method]: operation(route, path) };
  }
  return {
    openapi: "3.1.1",
    info: {
      title: "Stillwatch",
      version: "1",
      description:
        "What `stillwatch serve` answers. Machines send a token, people a session's cookie together with the header x-stillwatch.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: "/" }],
    paths,
    components: {
      securitySchemes: {
        token: { type: "http", scheme: "bearer" },
        session: { type: "apiKey", in: "cookie", name: "stillwatch-session" },
        page: { type: "apiKey", in: "header", name: "x-stillwatch" },
      },
      responses: {
        problem: {
          description: "Why not",
          content: { [PROBLEM]: { schema: schemaOf(problemShape) } },
        },
      },
    },
  };
}

const problemShape = z.looseObject({
  type: z.literal("about:blank"),
  title: z.string(),
  status: z.int(),
  code: z.string().describe("one of docs/reference/errors.md"),
  detail: z.string(),
});

function operation(route: Route, path: string): object {
  const { summary, query, body, answers } = route;
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
  const content = answers && { "application/json": { schema: schemaOf(answers) } };
  const parameters = [...inPath, ...(query ? inQuery(schemaOf(query)) : [])];
  return {
    summary,
    tags: [path.split("/")[1] === "v1" ? path.split("/")[2] : "health"],
    security: security(route),
    ...(parameters.length > 0 && { parameters }),
    ...(body && {
      requestBody: {
        required: true,
        content: { "application/json": { schema: schemaOf(body) } },
      },
    }),
    responses: {
      "200": { description: STATUS_CODES[200], ...(content && { content }) },
      default: { $ref: "#/components/responses/problem" },
    },
  };
}

/** Who may call: one of these is enough. */
function security(route: Route): readonly object[] {
  const [scope, right] = [scopeOf(route), rightOf(route)];
  return [
    ...(scope === undefined ? [] : [{ token: [scope] }]),
    ...(right === undefined ? [] : [{ session: [right], page: [] }]),
  ];
}

function inQuery({ properties = {}, required = [] }: Schema): readonly object[] {
  const needed = required as readonly string[];
  return Object.entries(properties as Readonly<Record<string, Schema>>).map(([name, schema]) => ({
    name,
    in: "query",
    required: needed.includes(name),
    schema,
  }));
}

/** JSON Schema 2020-12, as OpenAPI 3.1 has it. What is answered may have more members later. */
function schemaOf(shape: z.ZodType): Schema {
  const { $schema: _, ...schema } = z.toJSONSchema(shape, { io: "input" });
  return schema;
}
