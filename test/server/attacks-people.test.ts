import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { moveCase, reviewCase } from "../../src/ledger/move-case.ts";
import { openCaseFor } from "../../src/ledger/open-cases.ts";
import { type Ledger, openLedger } from "../../src/ledger/open-ledger.ts";
import { preserveEvidence } from "../../src/ledger/preserve-evidence.ts";
import { readCase } from "../../src/ledger/read-cases.ts";
import { makeSignInCode, signIn } from "../../src/ledger/sessions.ts";
import type { UserRole } from "../../src/ledger/tables.ts";
import { setUser } from "../../src/ledger/users.ts";
import { openPeople, type People } from "../../src/server/open-people.ts";
import { type HttpServer, openServer } from "../../src/server/open-server.ts";
import { type ServedDecisions, serveDecisions } from "../../src/server/serve-decisions.ts";
import { SESSION_LIMITS } from "../../src/server/sign-in-settings.ts";
import { createToken, openTokenBook, type OpenTokenBook } from "../../src/server/tokens.ts";
import { ledgerFolder } from "../ledger/ledger-bench.ts";
import { reviewed } from "../ledger/reviewed.ts";
import { names, sampleGroup } from "../ledger/sample-group.ts";

const NOW = new Date("2026-05-01T12:00:00.000Z");
const LATER = "2026-05-02T12:00:00.000Z";
const USERS = {
  root: "admin",
  ana: "reviewer",
  bo: "responder",
  cyd: "responder",
  dan: "reviewer",
};
const reason = "one crew";
const dataDir = ledgerFolder();
const failures: unknown[] = [];
const cookies = new Map<string, string>();
let ledger: Ledger;
let tokens: OpenTokenBook;
let token: string;
let people: People;
let decisions: ServedDecisions;
let server: HttpServer;

/** One server for all attacks: case c1 of 30 accounts that were reviewed, case c2 of 3 that were not. */
beforeAll(async () => {
  const now = () => NOW;
  const [clock, onFailure] = [() => performance.now(), (error: unknown) => failures.push(error)];
  ledger = await openLedger({ dataDir, now });
  for (const [name, role] of Object.entries(USERS) as [string, UserRole][])
    await setUser(ledger, { name, role, by: "root" });
  await setUser(ledger, { name: "cleo", role: "counsel", by: "root" });
  await openCaseFor(ledger, sampleGroup(names(30)));
  await openCaseFor(ledger, sampleGroup(names(3, "b"), { lineage: "g2" }));
  const content = { prompt: "A secret prompt." };
  const kept = { account: "a1", time: NOW.toISOString(), cited: true, withText: true };
  await preserveEvidence(ledger, 1, [{ ...kept, content, exchange: "ex_1" }]);
  await reviewed(ledger, 1);
  await reviewCase(ledger, { number: 1, by: "ana" });
  await moveCase(ledger, { number: 1, move: { to: "confirmed" }, by: "ana", reason });
  ({ token } = await createToken(ledger, { name: "gateway", scopes: ["decisions:read"] }));
  tokens = await openTokenBook(ledger, onFailure);
  people = await openPeople({
    ledger,
    onTokens: () => tokens.refresh(),
    random: randomBytes,
    clock,
    onFailure,
  });
  decisions = await serveDecisions({ dataDir, now, clock, onFailure });
  server = await openServer({
    ...people.doors,
    host: "127.0.0.1",
    port: 0,
    requestMs: 2_000,
    routes: [...people.routes, ...decisions.routes],
    tokens,
    onFailure,
  });
  for (const name of [...Object.keys(USERS), "cleo"]) {
    const id = randomBytes(32).toString("base64url");
    await signIn(ledger, { name, id, limits: SESSION_LIMITS });
    cookies.set(name, `stillwatch-session=${id}`);
  }
  await people.doors.sessions?.refresh();
});
afterAll(async () => {
  await server.close();
  await decisions.close();
  await people.close();
  await tokens.close();
  await ledger.close();
  rmSync(dataDir, { recursive: true });
});

interface Said {
  readonly status: number;
  readonly said: string;
  readonly body: Readonly<Record<string, unknown>>;
}

async function send(call: string, init: RequestInit = {}): Promise<Said> {
  const [method = "", path = ""] = call.split(" ");
  const answer = await fetch(server.url + path, { method, ...init });
  const said = await answer.text();
  const body = said.startsWith("{") ? (JSON.parse(said) as Said["body"]) : {};
  return { status: answer.status, said, body };
}

const own = (user: string) => ({ cookie: cookies.get(user)!, "x-stillwatch": "1" });
const JSON_TYPE = { "content-type": "application/json" };

/** A call by somebody who is signed in. */
const ask = (user: string, call: string, body?: object): Promise<Said> =>
  send(call, {
    headers: { ...own(user), ...(body && JSON_TYPE) },
    ...(body && { body: JSON.stringify(body) }),
  });

/** A call by the gateway. */
const askAs = (call: string, body: string | Buffer, headers: Record<string, string> = JSON_TYPE) =>
  send(call, {
    headers: { authorization: `Bearer ${token}`, ...headers },
    body: typeof body === "string" ? body : new Uint8Array(body),
  });

/** Sends bytes that no client would; answers the status of each answer. */
async function raw(bytes: string): Promise<readonly number[]> {
  const socket = connect(Number(new URL(server.url).port), "127.0.0.1").on("error", () => {});
  socket.write(bytes.replace("TOKEN", token));
  const answers = (await text(socket)).matchAll(/^HTTP\/1\.1 (\d{3}) /gm);
  return [...answers].map(([, status]) => Number(status));
}

describe("a path that means something else", () => {
  it.each([
    ...["..%2f..%2fhealth", "c1%00", "%EF%BC%91", "c99999999999999999999", "NaN", "c1e0", "0x1"],
    ...[
      "-1",
      "c01",
      "c1.0",
      "%20c1",
      "c1%0a",
      "d1",
      "p1",
      "c1%2Fevidence",
      "__proto__",
      ":id",
      "%ff",
    ],
  ])("leads to no case: %s", async (id) => {
    expect((await ask("ana", `GET /v1/cases/${id}`)).status).toBe(404);
    expect((await ask("ana", `POST /v1/cases/${id}/comments`, { text: "x" })).status).toBe(404);
  });

  it.each([
    "//v1/cases/c1",
    "/v1/cases/c1/",
    "/V1/cases/c1",
    "/v1/./cases/c1",
    "http://x/v1/users",
    "*",
  ])("leads nowhere: %s", async (path) => {
    const { cookie } = own("root");
    const head = `GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncookie: ${cookie}`;
    expect(await raw(`${head}\r\nx-stillwatch: 1\r\n\r\n`)).toEqual([404]);
  });

  it("of one case opens nothing of another", async () => {
    const look = { reason, expires: LATER };
    const shown = await ask("ana", "POST /v1/cases/c2/evidence/ex_1/reveal", look);
    expect([shown.status, shown.said.includes("secret")]).toEqual([404, false]);
    const opened = await ask("ana", "POST /v1/cases/c2/openings", { accounts: ["a1"] });
    expect(opened.status).toBe(404);
    const step = { step: "limit", accounts: ["a1"], expires: LATER, reason };
    expect((await ask("bo", "POST /v1/cases/c2/steps", step)).status).toBe(409);
  });
});

describe("somebody who shows what is somebody else's", () => {
  it.each([
    ["a token in the address", "GET /v1/decisions?access_token=TOKEN", {}],
    ["a token as a session", "GET /v1/session", { cookie: "stillwatch-session=TOKEN" }],
    ["a session as a token", "GET /v1/decisions", { authorization: "Bearer SESSION" }],
    ["a session as a key", "GET /v1/decisions", { "x-api-key": "SESSION" }],
    ["a token as a password", "GET /v1/decisions", { authorization: "Basic TOKEN" }],
    ["two tokens in one", "GET /v1/decisions", { authorization: "Bearer x, Bearer TOKEN" }],
    ["a machine's token where a person acts", "GET /v1/cases", { authorization: "Bearer TOKEN" }],
    [
      "a cookie under another's name",
      "GET /v1/cases",
      { cookie: "__Host-stillwatch-session=SESSION" },
    ],
  ])("is refused: %s", async (_, call, given: Record<string, string>) => {
    const session = own("root").cookie.split("=")[1]!;
    const filled = (one: string) => one.replace("TOKEN", token).replace("SESSION", session);
    const headers = Object.entries(given).map(([name, value]) => [name, filled(value)] as const);
    const init = { headers: { "x-stillwatch": "1", ...Object.fromEntries(headers) } };
    const { status, said } = await send(filled(call), init);
    expect([401, 422]).toContain(status);
    for (const secret of [token, session]) expect(said).not.toContain(secret);
  });

  it("is not told what was sent", async () => {
    const code = "a secret code";
    const guess = await send("POST /v1/session", {
      headers: JSON_TYPE,
      body: JSON.stringify({ code }),
    });
    const wrong = await askAs("POST /v1/decision", '{"account":1,"key":"a secret key"}');
    const broken = await askAs("POST /v1/decision", '{"account":"a secret account"');
    expect([guess.status, wrong.status, broken.status]).toEqual([403, 422, 415]);
    for (const { said } of [guess, wrong, broken]) expect(said).not.toContain("secret");
  });

  it("can't have one person do what takes two, or an admin what is counsel's", async () => {
    const refused = async (user: string, call: string, body?: object) =>
      expect((await ask(user, call, body)).status, call).toBe(403);
    await refused("root", "PUT /v1/users/root", { role: "counsel" });
    await refused("root", "PUT /v1/users/cleo", { role: "viewer" });
    await refused("root", "DELETE /v1/users/cleo");
    await refused("root", "PUT /v1/counsels/root");
    const scopes = ["status:read", "directives:write"];
    await refused("root", "POST /v1/tokens", { name: "mine", scopes });
    for (const name of ["Bo", "b%D0%BE", "%EF%BD%82o"])
      await refused("root", `PUT /v1/users/${name}`, { role: "responder" });
  });
});

describe("several who act at once", () => {
  it("take a step once, and one person takes no large one in small pieces", async () => {
    const step = { step: "deny", expires: LATER, reason };
    const { body } = await ask("bo", "POST /v1/cases/c1/proposals", step);
    const approve = (user: string) =>
      ask(user, `POST /v1/proposals/${String(body["proposal"])}/approval`, { reason });
    expect((await approve("bo")).status).toBe(403);
    expect((await approve("ana")).status).toBe(403);
    const both = await Promise.all([approve("cyd"), approve("dan"), approve("cyd")]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 403, 403]);
    const taken = async () => (await readCase(ledger, 1)).decisions;
    expect(await taken()).toHaveLength(30);
    const lifts = await Promise.all(
      [1, 2].map(() => ask("bo", "POST /v1/steps/d1/lift", { reason })),
    );
    expect(lifts.map(({ status }) => status).toSorted()).toEqual([200, 422]);
    const pieces = [names(15), names(30).slice(15)].map((accounts) =>
      ask("bo", "POST /v1/cases/c1/steps", { ...step, step: "limit", accounts }),
    );
    const statuses = (await Promise.all(pieces)).map(({ status }) => status);
    expect(statuses.toSorted()).toEqual([200, 409]);
    expect((await taken()).filter(({ lifted }) => lifted === null)).toHaveLength(15);
  });

  it("use a code once", async () => {
    const code = await makeSignInCode(ledger, { name: "bo", by: "root", random: randomBytes });
    const use = () =>
      send("POST /v1/session", { headers: JSON_TYPE, body: JSON.stringify({ code }) });
    const statuses = (await Promise.all([use(), use(), use()])).map(({ status }) => status);
    expect(statuses.toSorted()).toEqual([200, 403, 403]);
  });
});

const BODIES = [
  "POST /v1/decision",
  "POST /v1/decisions/acknowledgements",
  "POST /v1/session",
  "POST /v1/cases/c1/moves",
  "POST /v1/cases/c1/steps",
  "POST /v1/cases/c1/findings",
  "POST /v1/cases/c1/evidence/ex_1/reveal",
  "POST /v1/tokens",
  "POST /v1/review-policies",
];
const GATEWAYS = [
  "POST /v1/data/stillwatch",
  "POST /v1/gateways/litellm/beta/litellm_basic_guardrail_api",
];

describe("a body that would harm", () => {
  const post = (call: string, body: string | Buffer, more: Record<string, string> = {}) =>
    call.includes("/decision")
      ? askAs(call, body, { ...JSON_TYPE, ...more })
      : send(call, {
          headers: { ...own(call.includes("steps") ? "bo" : "root"), ...JSON_TYPE, ...more },
          body: typeof body === "string" ? body : new Uint8Array(body),
        });

  it.each(BODIES)("is refused: %s", async (call) => {
    const status = async (body: string | Buffer, more?: Record<string, string>) =>
      (await post(call, body, more)).status;
    expect(await status(JSON.stringify({ account: "a".repeat(1_000_000) }))).toBe(413);
    expect(await status(gzipSync('{"account":"a1"}'), { "content-encoding": "gzip" })).toBe(415);
    expect(await status(Buffer.from('{"account":"\xff"}', "latin1"))).toBe(415);
    expect(await status("[".repeat(900_000))).toBe(415);
    expect(await status('{"a":'.repeat(90_000) + "1" + "}".repeat(90_000))).toBe(422);
    expect(await status('{"a":"\\u0000"}')).toBe(422);
    expect(await status('{"a":"\\ud800"}')).toBe(422);
    expect(await status('{"__proto__":{"account":"a1","code":"x","role":"admin"}}')).toBe(422);
    expect(await status("account=a1", { "content-type": "text/plain" })).toBe(415);
  });

  it.each(GATEWAYS)("of a gateway is refused: %s", async (call) => {
    const status = async (body: string | Buffer) => (await askAs(call, body)).status;
    expect(await status(gzipSync(Buffer.alloc(33_000_000, 32)))).toBe(413);
    expect(await status(`{"input":[${"[],".repeat(300_000)}1]}`)).toBe(413);
    expect(await status("[".repeat(400_000))).toBe(413);
    expect(await status('{"__proto__":{"input":{"account":"a1"},"request_data":{}}}')).toBe(422);
    expect(await status('{"input":{"__proto__":{"account":"a1"}},"request_data":[]}')).toBe(422);
  });

  it("changes what no object has", () => {
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(({} as { account?: string }).account).toBeUndefined();
  });

  it("in the address is refused", async () => {
    for (const query of [
      "?__proto__=a1",
      "?account=a%00",
      "?account=a1&account=a2",
      "?constructor=x",
    ])
      expect((await askAs(`POST /v1/decision${query}`, '{"account":"a1"}')).status).toBe(200);
    const init = { headers: { authorization: `Bearer ${token}` } };
    for (const query of [
      "?__proto__=a1",
      "?account=a%00",
      "?account=a1&account=a2",
      "?constructor=x",
    ])
      expect((await send(`GET /v1/decision${query}`, init)).status, query).toBe(422);
  });
});

describe("a connection that would harm", () => {
  const post =
    "POST /v1/decision HTTP/1.1\r\nhost: x\r\nauthorization: Bearer TOKEN\r\ncontent-type: application/json\r\n";
  const hidden = "GET /health HTTP/1.1\r\nhost: x\r\n\r\n";
  it.each([
    ["a length in two forms", `${post}content-length: 2, 2\r\n\r\n{}${hidden}`],
    ["a length with a sign", `${post}content-length: +2\r\n\r\n{}${hidden}`],
    ["a length in hexadecimal", `${post}content-length: 0x2\r\n\r\n{}${hidden}`],
    ["a length below nothing", `${post}content-length: -1\r\n\r\n{}${hidden}`],
    ["two encodings", `${post}transfer-encoding: chunked, identity\r\n\r\n0\r\n\r\n${hidden}`],
    ["an encoding of its own", `${post}transfer-encoding: xchunked\r\n\r\n0\r\n\r\n${hidden}`],
    ["a space in a header's name", `${post}transfer-encoding : chunked\r\n\r\n0\r\n\r\n${hidden}`],
    [
      "a header over two lines",
      `${post}transfer-encoding:\r\n chunked\r\ncontent-length: 2\r\n\r\n{}`,
    ],
    ["line feeds alone", `${post.replaceAll("\r", "")}content-length: 2\n\n{}${hidden}`],
    ["a chunk that ends wrongly", `${post}transfer-encoding: chunked\r\n\r\n2\n{}\n0\n\n${hidden}`],
    [
      "a chunk of too much beside it",
      `${post}transfer-encoding: chunked\r\n\r\n2;${"x".repeat(20_000)}`,
    ],
    ["a NUL in a header", `${post}x: a\0b\r\n\r\n`],
  ])("is ended with one refusal: %s", async (_, bytes) => {
    const statuses = await raw(bytes);
    expect(statuses).toHaveLength(1);
    expect(statuses[0]).toBeGreaterThanOrEqual(400);
  });

  it("holds no request in a body", async () => {
    const head = `${post}connection: close\r\ncontent-length: ${hidden.length}\r\n\r\n`;
    expect(await raw(head + hidden)).toEqual([415]);
  });

  it("is ended where it says nothing, or stops in a header or a body", async () => {
    const slow = ["", post, `${post}content-length: 9\r\n\r\n{`].map(raw);
    expect(await Promise.all(slow)).toEqual([[408], [408], [408]]);
  });

  it("names nobody twice, and writes no header into an answer", async () => {
    const ask = (headers: string) =>
      raw(
        `GET /v1/gateways/nginx HTTP/1.1\r\nhost: x\r\nconnection: close\r\nauthorization: Bearer ${token}\r\n${headers}\r\n\r\n`,
      );
    expect(await ask("x-stillwatch-account: a1")).toEqual([200]);
    expect(await ask("x-stillwatch-account: free\r\nX-Stillwatch-Account: a1")).toEqual([400]);
    expect(
      await ask("x-stillwatch-account: a1\r\nx-stillwatch-names: account=x\r\nx: a\r\nx: b"),
    ).toEqual([400]);
  });
});

it("readers who stay leave room for others", async () => {
  const stop = new AbortController();
  const headers = { authorization: `Bearer ${token}`, accept: "text/event-stream" };
  const { body } = await send("GET /v1/decisions", {
    headers: { authorization: `Bearer ${token}` },
  });
  const { sequence } = body["signed"] as { readonly sequence: number };
  const read = () =>
    fetch(`${server.url}/v1/decisions?since=${sequence}`, { headers, signal: stop.signal });
  const streams = await Promise.all(Array.from({ length: 256 }, read));
  expect(new Set(streams.map(({ status }) => status))).toEqual(new Set([200]));
  expect((await read()).status).toBe(503);
  expect((await ask("ana", "GET /v1/cases")).status).toBe(200);
  stop.abort();
  const again = async (): Promise<number> => {
    const answer = await fetch(`${server.url}/v1/decisions?since=${sequence}`, { headers });
    await answer.body?.cancel();
    return answer.status;
  };
  await expect.poll(again, { timeout: 20_000 }).toBe(200);
});

it("who says nothing, or never ends, does not keep a server from ending", async () => {
  const own = await openServer({
    host: "127.0.0.1",
    port: 0,
    requestMs: 500,
    routes: decisions.routes,
    tokens,
    onFailure: (error) => failures.push(error),
  });
  const head = `POST /v1/decision HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\n`;
  const ended = [
    "",
    head,
    `${head}content-type: application/json\r\ncontent-length: 9\r\n\r\n{`,
  ].map(async (bytes) => {
    const socket = connect(Number(new URL(own.url).port), "127.0.0.1").on("error", () => {});
    await once(socket, "connect");
    socket.write(bytes);
    return { closed: new Promise((done) => void socket.resume().on("close", done)) };
  });
  const sockets = await Promise.all(ended);
  await own.close();
  await Promise.all(sockets.map(({ closed }) => closed));
});

it("and in all of this nothing went wrong that was not foreseen", () => {
  expect(failures).toEqual([]);
});
