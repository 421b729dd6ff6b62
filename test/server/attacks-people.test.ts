import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readCase } from "../../src/ledger/read-cases.ts";
import { openLedger } from "../../src/ledger/open-ledger.ts";
import { makeSignInCode, signIn } from "../../src/ledger/sessions.ts";
import { setUser } from "../../src/ledger/users.ts";
import { openSessionBook } from "../../src/server/session-book.ts";
import { SESSION_LIMITS } from "../../src/server/sign-in-settings.ts";
import { ledgerFolder } from "../ledger/ledger-bench.ts";
import { names } from "../ledger/sample-group.ts";
import { type AttackBench, JSON_TYPE, LATER, openAttackBench, reason } from "./attack-bench.ts";

let bench: AttackBench;
beforeAll(async () => {
  bench = await openAttackBench();
});
afterAll(() => bench.close());

const own: AttackBench["own"] = (...call) => bench.own(...call);
const send: AttackBench["send"] = (...call) => bench.send(...call);
const ask: AttackBench["ask"] = (...call) => bench.ask(...call);
const askAs: AttackBench["askAs"] = (...call) => bench.askAs(...call);
const raw: AttackBench["raw"] = (...call) => bench.raw(...call);

describe("a path that means something else", () => {
  it.each([
    "..%2f..%2fhealth",
    "c1%00",
    "%EF%BC%91",
    "c99999999999999999999",
    "NaN",
    "c1e0",
    "0x1",
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
    const filled = (one: string) => one.replace("TOKEN", bench.token).replace("SESSION", session);
    const headers = Object.entries(given).map(([name, value]) => [name, filled(value)] as const);
    const init = { headers: { "x-stillwatch": "1", ...Object.fromEntries(headers) } };
    const { status, said } = await send(filled(call), init);
    expect([401, 422]).toContain(status);
    for (const secret of [bench.token, session]) expect(said).not.toContain(secret);
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
  it("take no step that was proposed before its case was explained", async () => {
    const step = { step: "deny", expires: LATER, reason };
    const { body } = await ask("bo", "POST /v1/cases/c1/proposals", step);
    for (const move of [{ to: "explained", as: "teaching" }, { to: "suspected" }])
      await ask("ana", "POST /v1/cases/c1/moves", { ...move, reason });
    await ask("ana", "GET /v1/cases/c1");
    const again = await ask("ana", "POST /v1/cases/c1/moves", { to: "confirmed", reason });
    expect(again.status).toBe(200);
    const approval = `POST /v1/proposals/${String(body["proposal"])}/approval`;
    const late = await ask("cyd", approval, { reason });
    expect([late.status, late.said]).toEqual([403, expect.stringContaining("confirmed anew")]);
  });

  it("take a step once, and one person takes no large one in small pieces", async () => {
    const step = { step: "deny", expires: LATER, reason };
    const { body } = await ask("bo", "POST /v1/cases/c1/proposals", step);
    const approve = (user: string) =>
      ask(user, `POST /v1/proposals/${String(body["proposal"])}/approval`, { reason });
    expect((await approve("bo")).status).toBe(403);
    expect((await approve("ana")).status).toBe(403);
    const both = await Promise.all([approve("cyd"), approve("dan"), approve("cyd")]);
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 403, 403]);
    const taken = async () => (await readCase(bench.ledger, 1)).decisions;
    expect(await taken()).toHaveLength(30);
    const lifts = await Promise.all(
      [1, 2].map(() => ask("bo", "POST /v1/steps/d1/lift", { reason })),
    );
    expect(lifts.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 422]);
    const pieces = [names(15), names(30).slice(15)].map((accounts) =>
      ask("bo", "POST /v1/cases/c1/steps", { ...step, step: "limit", accounts }),
    );
    const statuses = (await Promise.all(pieces)).map(({ status }) => status);
    expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 409]);
    expect((await taken()).filter(({ lifted }) => lifted === null)).toHaveLength(15);
  });

  it("use a code once", async () => {
    const code = await makeSignInCode(bench.ledger, {
      name: "bo",
      by: "root",
      random: randomBytes,
    });
    const use = () =>
      send("POST /v1/session", { headers: JSON_TYPE, body: JSON.stringify({ code }) });
    const statuses = (await Promise.all([use(), use(), use()])).map(({ status }) => status);
    expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 403, 403]);
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
    const init = { headers: { authorization: `Bearer ${bench.token}` } };
    for (const query of [
      "?__proto__=a1",
      "?account=a%00",
      "?account=a1&account=a2",
      "?constructor=x",
    ])
      expect((await send(`GET /v1/decision${query}`, init)).status, query).toBe(422);
  });
});

it("who is signed in where the ledger is out of reach is out after a minute: they may be disabled there", async () => {
  const dataDir = ledgerFolder();
  const [id, limits] = [randomBytes(32).toString("base64url"), SESSION_LIMITS];
  const ledger = await openLedger({ dataDir, now: () => new Date(LATER) });
  await setUser(ledger, { name: "root", role: "admin", by: "root" });
  await signIn(ledger, { name: "root", id, limits });
  let time = 0;
  const told: unknown[] = [];
  const onFailure = (error: unknown): void => void told.push(error);
  const options = { ledger, limits, secure: false, clock: () => time, onFailure };
  const book = await openSessionBook(options);
  await ledger.close();
  await book.refresh();
  time = 60_000;
  expect(book.userOf(id)).toMatchObject({ name: "root" });
  time = 60_001;
  expect(book.userOf(id)).toBeUndefined();
  expect(told).toHaveLength(1);
  await book.close();
  rmSync(dataDir, { recursive: true });
});

it("and in all of this nothing went wrong that was not foreseen", () => {
  expect(bench.failures).toEqual([]);
});
