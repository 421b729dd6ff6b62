import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { everyRoute } from "../../scripts/docs/every-route.ts";
import { openLedger } from "../../src/ledger/open-ledger.ts";
import { signIn } from "../../src/ledger/sessions.ts";
import { USER_ROLES, type UserRole } from "../../src/ledger/tables.ts";
import { disableUser, roleMay, setUser } from "../../src/ledger/users.ts";
import { type HttpServer, openServer } from "../../src/server/open-server.ts";
import { rightOf, type Route, scopeOf } from "../../src/server/route.ts";
import { openSessionBook, type SessionBook } from "../../src/server/session-book.ts";
import { SESSION_LIMITS } from "../../src/server/sign-in-settings.ts";
import {
  createToken,
  openTokenBook,
  revokeToken,
  type Scope,
  SCOPES,
  type TokenBook,
} from "../../src/server/tokens.ts";
import { ledgerFolder } from "../ledger/ledger-bench.ts";

/** The only routes that anyone may call. Whoever adds one here says why in SECURITY.md. */
const ANYONE = [
  "GET /health",
  "GET /ready",
  "GET /v1/openapi.json",
  "GET /v1/sign-in",
  "GET /v1/sign-in/return",
  "POST /v1/session",
];
const METHODS = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"];
const NOW = new Date("2026-05-01T12:00:00Z");
const routes = everyRoute();
const nameOf = ({ method, path }: Route): string => `${method} ${path}`;

type Headers = Readonly<Record<string, string>>;
interface Caller {
  readonly who: string;
  readonly headers: Headers;
  readonly scope?: Scope;
  readonly role?: UserRole;
}

const dataDir = ledgerFolder();
let sessions: SessionBook;
let servers: readonly HttpServer[];
let callers: readonly Caller[];

beforeAll(async () => {
  const ledger = await openLedger({ dataDir, url: undefined, now: () => NOW });
  const own = { "x-stillwatch": "1" };
  const people: Caller[] = [];
  for (const [at, role] of ["admin" as const, ...USER_ROLES, "admin" as const].entries()) {
    const [name, id] = [`${role}${at}`, String(at).padStart(43, "x")];
    await setUser(ledger, { name, role, by: "admin0" });
    await signIn(ledger, { name, id, limits: SESSION_LIMITS });
    const headers = { ...own, cookie: `stillwatch-session=${id}` };
    people.push({ who: name, headers, role });
  }
  const gone = people.pop()!;
  await disableUser(ledger, { name: gone.who, by: "admin0" });
  const tokens: Caller[] = [];
  for (const scope of SCOPES) {
    const { token } = await createToken(ledger, { name: scope, scopes: [scope] });
    const headers = { authorization: `Bearer ${token}` };
    tokens.push({ who: `a token for ${scope}`, headers, scope });
  }
  const revoked = await createToken(ledger, { name: "revoked", scopes: [...SCOPES] });
  await revokeToken(ledger, { id: revoked.record.id });
  const [first] = people;
  callers = [
    ...people,
    ...tokens,
    { who: "nobody", headers: {} },
    { who: "a page of ours without a session", headers: own },
    { who: "a guess", headers: { authorization: "Bearer sw_guessguessguess" } },
    { who: "a revoked token", headers: { authorization: `Bearer ${revoked.token}` } },
    { who: "a disabled admin", headers: gone.headers },
    { who: "an admin's cookie alone", headers: { cookie: first!.headers["cookie"]! } },
    {
      who: "an admin's cookie beside a guess",
      headers: { ...first!.headers, authorization: "Bearer sw_guessguessguess" },
    },
    { who: "a session's id as a token", headers: { authorization: `Bearer ${"x".repeat(43)}` } },
    {
      who: "a token as a session",
      headers: {
        ...own,
        cookie: `stillwatch-session=${tokens[0]!.headers["authorization"]!.slice(7)}`,
      },
    },
  ];
  const onFailure = (error: unknown): void => {
    throw error;
  };
  sessions = await openSessionBook({
    ledger,
    limits: SESSION_LIMITS,
    secure: false,
    clock: () => 0,
    onFailure,
  });
  const bare = routes.map(({ method, path, caller, summary }): Route => {
    const answer = () => Promise.resolve({ status: 200, body: { inside: true } });
    return { method, path, caller, summary, answer };
  });
  const common = { host: "127.0.0.1", port: 0, routes: bare, sessions, onFailure };
  const book = await openTokenBook(ledger, onFailure);
  const none: TokenBook = { any: () => false, admit: () => "unknown" };
  servers = [
    await openServer({ ...common, tokens: book }),
    await openServer({ ...common, tokens: none }),
  ];
  return async () => {
    await sessions.close();
    await book.close();
    await ledger.close();
  };
});
afterAll(async () => {
  for (const server of servers) await server.close();
});

/** What a caller is answered: inside, refused, or that there is no such method. */
async function answerOf(
  { url }: HttpServer,
  method: string,
  path: string,
  headers: Headers,
): Promise<string> {
  const to = url + path.replace(/:\w+/g, "c1").replace("*", "x");
  const answer = await fetch(to, { method, headers });
  const said = method === "HEAD" ? "" : await answer.text();
  if (answer.status === 405) return "no method";
  if (answer.status === 200) return said.includes("inside") ? "inside" : "nothing";
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  return [401, 403].includes(answer.status) ? "refused" : String(answer.status);
}

function mayCall(route: Route, { scope, role }: Caller): boolean {
  if (ANYONE.includes(nameOf(route))) return true;
  const right = rightOf(route);
  if (scope !== undefined && scopeOf(route) === scope) return true;
  return role !== undefined && right !== undefined && roleMay(role, right);
}

describe("every route", () => {
  it("says who may call it, and only these let anyone in", () => {
    expect(
      routes
        .filter(({ caller }) => caller === "anyone")
        .map(nameOf)
        .toSorted(),
    ).toEqual(ANYONE);
    for (const route of routes) {
      const isSaid = scopeOf(route) !== undefined || rightOf(route) !== undefined;
      expect(isSaid, nameOf(route)).toBe(!ANYONE.includes(nameOf(route)));
    }
  });

  it.each(routes.map((route) => [nameOf(route), route] as const))(
    "%s lets in whom it says, and nobody else",
    async (_, route) => {
      const method = route.method === "ANY" ? "PATCH" : route.method;
      const found = await Promise.all(
        callers.map(async ({ who, headers }) => [
          who,
          await answerOf(servers[0]!, method, route.path, headers),
        ]),
      );
      const wanted = callers.map((caller) => [
        caller.who,
        mayCall(route, caller) ? "inside" : "refused",
      ]);
      expect(found).toEqual(wanted);
    },
  );

  it("is answered by its own methods alone", async () => {
    const admin = callers[0]!.headers;
    for (const path of new Set(routes.map((route) => route.path))) {
      const own = routes.filter((route) => route.path === path).map(({ method }) => method);
      if (own.includes("ANY")) continue;
      for (const method of METHODS.filter((one) => !own.some((known) => known === one)))
        expect(await answerOf(servers[0]!, method, path, admin), method + path).toBe("no method");
    }
  });

  it("of a machine is open to this machine until the first token is made; of a person never", async () => {
    for (const route of routes) {
      const method = route.method === "ANY" ? "GET" : route.method;
      const isOpen = ANYONE.includes(nameOf(route)) || scopeOf(route) !== undefined;
      const ask = (headers: Headers) => answerOf(servers[1]!, method, route.path, headers);
      expect(await ask({}), nameOf(route)).toBe(isOpen ? "inside" : "refused");
      expect(await ask({ origin: "https://evil.example" }), nameOf(route)).toBe("refused");
    }
  });
});
