import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readAudit } from "../../src/ledger/audit-file.ts";
import type { Ledger } from "../../src/ledger/open-ledger.ts";
import { makeSignInCode } from "../../src/ledger/sessions.ts";
import { disableUser, readUsers, setUser } from "../../src/ledger/users.ts";
import { openPeople, type People } from "../../src/server/open-people.ts";
import { type HttpServer, openServer } from "../../src/server/open-server.ts";
import { SESSION_LIMITS, type SignInSettings } from "../../src/server/sign-in-settings.ts";
import { ledgerBench } from "../ledger/ledger-bench.ts";
import { openBrowser } from "./browser.ts";
import { CLIENT, type IdentityBench, openIdentityBench } from "./identity-bench.ts";

const PORT = await freePort();
const URL_HERE = `http://127.0.0.1:${PORT}`;
const MINUTE = 60_000;
const failures: unknown[] = [];
const bench = ledgerBench();
let provider: IdentityBench;
let ledger: Ledger;
let people: People;
let server: HttpServer;
let time = 0;
let clock = 0;

beforeAll(async () => {
  provider = await openIdentityBench([`${URL_HERE}/v1/sign-in/return`]);
});
afterAll(() => provider.close());
beforeEach(async () => {
  time = Date.parse("2026-05-01T12:00:00Z");
  ledger = await (await bench.place()).open(() => new Date(time));
  await setUser(ledger, { name: "root@example.org", role: "admin", by: "root" });
  await setUser(ledger, { name: "ana@example.org", role: "reviewer", by: "root@example.org" });
});
afterEach(async () => {
  await server.close();
  await people.close();
});

async function open(changes: Partial<SignInSettings> = {}, withProvider = true): Promise<void> {
  const signIn: SignInSettings = {
    url: new URL(URL_HERE),
    issuer: new URL(provider.issuer),
    clientId: CLIENT.id,
    clientSecret: CLIENT.secret,
    nameClaim: "email",
    scopes: ["openid", "email", "groups"],
    groupsClaim: "groups",
    roles: undefined,
    limits: SESSION_LIMITS,
    ...changes,
  };
  const onFailure = (error: unknown): void => void failures.push(error);
  const onTokens = () => Promise.resolve();
  const options = { ledger, random: randomBytes, clock: () => clock, onTokens, onFailure };
  const proxies = ["127.0.0.1"];
  people = await openPeople({ ...options, proxies, signIn: withProvider ? signIn : undefined });
  server = await openServer({
    ...people.doors,
    host: "127.0.0.1",
    port: PORT,
    routes: people.routes,
    tokens: { any: () => true, admit: () => "unknown" },
    onFailure,
  });
}

/** A port of this machine on which nothing listens. */
async function freePort(): Promise<number> {
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  const { port } = taken.address() as AddressInfo;
  await new Promise((done) => taken.close(done));
  return port;
}

const ANA = { email: "ana@example.org", email_verified: true };
const session = `${URL_HERE}/v1/session`;
const signIn = `${URL_HERE}/v1/sign-in`;
const actions = async (): Promise<readonly string[]> => {
  const said: string[] = [];
  for await (const { actor, action } of readAudit(ledger)) said.push(`${actor} ${action}`);
  return said;
};

describe("people", () => {
  it("sign in by their identity provider, and out again", async () => {
    await open();
    provider.is(ANA);
    const browser = openBrowser();
    const came = await browser.visit(signIn);
    expect([came.status, await came.json()]).toEqual([
      200,
      { user: "ana@example.org", role: "reviewer" },
    ]);
    const [set = "", done = ""] = came.headers.getSetCookie();
    expect(set).toMatch(
      /^stillwatch-session=[\w-]{43}; Path=\/; Max-Age=43200; HttpOnly; SameSite=Lax$/,
    );
    expect(done).toMatch(/^stillwatch-sign-in=; .*Max-Age=0/);
    expect(await (await browser.fetch(session)).json()).toMatchObject({ role: "reviewer" });
    const rows = await ledger.read((store) => store.selectFrom("sessions").selectAll().execute());
    expect(rows).toHaveLength(1);
    for (const value of browser.cookies.values()) expect(rows[0]?.sha256).not.toContain(value);
    const kept = new Map(browser.cookies);
    expect((await browser.fetch(session, { method: "DELETE" })).status).toBe(200);
    expect(browser.cookies.size).toBe(kept.size - 1);
    const stolen = openBrowser();
    for (const [key, value] of kept) stolen.cookies.set(key, value);
    expect((await stolen.fetch(session)).status).toBe(401);
    expect((await actions()).slice(2)).toEqual([
      "user:ana@example.org session.begun",
      "user:ana@example.org session.ended",
    ]);
  });

  it.each([
    ["nobody here knows", { email: "eve@example.org", email_verified: true }, "is no user"],
    ["whose address nobody verified", { ...ANA, email_verified: false }, "not verified"],
    ["whose provider says nothing of it", { email: "ana@example.org" }, "not verified"],
  ])("whom %s are refused, and not made", async (_, claims, reason) => {
    await open();
    provider.is(claims);
    const came = await openBrowser().visit(signIn);
    expect(came.status).toBe(403);
    expect(await came.json()).toMatchObject({ detail: expect.stringContaining(reason) });
    expect(await readUsers(ledger)).toHaveLength(2);
  });

  it("cannot come back by another's flow, a changed one, or twice", async () => {
    await open();
    provider.is(ANA);
    const browser = openBrowser();
    const backOf = async (): Promise<string> => {
      let to = signIn;
      while (!to.includes("/return?")) {
        const answer = await browser.step(to);
        to = new URL(answer.headers.get("location") ?? "", to).href;
      }
      return to;
    };
    const key = `${URL_HERE} stillwatch-sign-in`;
    const refusedWith = async (by: (flow: string) => string | undefined, url?: string) => {
      const back = url ?? (await backOf());
      const flow = by(browser.cookies.get(key) ?? "");
      if (flow === undefined) browser.cookies.delete(key);
      else browser.cookies.set(key, flow);
      const answer = await browser.step(back);
      expect([answer.status, answer.headers.getSetCookie()]).toEqual([403, []]);
      return ((await answer.json()) as { readonly detail: string }).detail;
    };
    const swap = (at: number) => (flow: string) =>
      flow.split(".").with(at, randomBytes(32).toString("base64url")).join(".");
    expect(await refusedWith(() => undefined)).toContain("not begun in this browser");
    expect(await refusedWith(() => "nonsense")).toContain("not begun in this browser");
    expect(await refusedWith(swap(0))).toContain("did not succeed");
    expect(await refusedWith(swap(1))).toContain("did not succeed");
    expect(await refusedWith(swap(2))).toContain("invalid_grant");
    const same = (flow: string) => flow;
    const denied = (await backOf()).replace(/code=[^&]*/, "error=access_denied");
    expect(await refusedWith(same, denied)).toContain("access_denied");
    const back = await backOf();
    const flow = browser.cookies.get(key) ?? "";
    expect((await browser.step(back)).status).toBe(200);
    expect(await refusedWith(() => flow, back)).toContain("invalid_grant");
  });

  it("come back to a page of this server, never of another", async () => {
    await open();
    provider.is(ANA);
    const browser = openBrowser();
    let came = await browser.step(`${signIn}?to=%2Fcases%3Fstate%3Dsuspected`);
    for (let to = came.headers.get("location"); to?.includes("127.0.0.1");) {
      came = await browser.step(to);
      to = came.headers.get("location") && new URL(came.headers.get("location") ?? "", to).href;
      if (to?.startsWith(`${URL_HERE}/cases`) === true) break;
    }
    expect(came.headers.get("location")).toBe("/cases?state=suspected");
    for (const to of [
      "//evil.example",
      "/\\evil.example",
      "https://evil.example",
      "/\t/evil.example",
    ])
      expect((await browser.step(`${signIn}?to=${encodeURIComponent(to)}`)).status).toBe(422);
  });

  it("get cookies that only this host sets and only https carries, where they come by https", async () => {
    await open({ url: new URL("https://stillwatch.example.org") });
    const left = await openBrowser().step(signIn);
    expect(left.headers.get("location")).toContain(
      encodeURIComponent("https://stillwatch.example.org/v1/sign-in/return"),
    );
    const form = /^__Host-stillwatch-[^=]+=[\w.-]+; Path=\/; .*HttpOnly; SameSite=Lax; Secure$/;
    expect(left.headers.get("set-cookie")).toMatch(form);
    const wanted = { name: "ana@example.org", by: "root@example.org", random: randomBytes };
    const code = await makeSignInCode(ledger, wanted);
    const came = await openBrowser().step(session, {
      method: "POST",
      headers: { "content-type": "application/json", origin: "https://stillwatch.example.org" },
      body: JSON.stringify({ code }),
    });
    expect([came.status, came.headers.get("set-cookie")]).toEqual([
      200,
      expect.stringMatching(form),
    ]);
  });

  it("are what their groups make them where the settings say so, and stay disabled", async () => {
    await open({
      roles: [
        ["abuse-team", "responder"],
        ["everybody", "viewer"],
      ],
    });
    const came = async (email: string, ...groups: string[]) => {
      provider.is({ email, email_verified: true, groups });
      const answer = await openBrowser().visit(signIn);
      return (await answer.json()) as { readonly role?: string; readonly detail?: string };
    };
    expect(await came("bo@example.org", "everybody", "abuse-team")).toMatchObject({
      role: "responder",
    });
    expect(await came("bo@example.org", "everybody")).toMatchObject({ role: "viewer" });
    expect((await came("ana@example.org", "others")).detail).toContain("no group");
    expect((await came("root@example.org", "everybody")).detail).toContain("must be an admin left");
    await disableUser(ledger, { name: "bo@example.org", by: "root@example.org" });
    expect((await came("bo@example.org", "abuse-team")).detail).toContain("is disabled");
  });

  it("are out when they were silent too long, in too long, or are disabled", async () => {
    await open();
    provider.is(ANA);
    const browser = openBrowser();
    await browser.visit(signIn);
    const status = async (): Promise<number> => (await browser.fetch(session)).status;
    for (let minutes = 0; minutes < 12 * 60; minutes += 29) {
      expect(await status()).toBe(200);
      time += 29 * MINUTE;
    }
    expect(await status()).toBe(401);
    await browser.visit(signIn);
    time += 31 * MINUTE;
    expect(await status()).toBe(401);
    await browser.visit(signIn);
    expect(await status()).toBe(200);
    await disableUser(ledger, { name: "ana@example.org", by: "root@example.org" });
    await expect.poll(status).toBe(401);
    await setUser(ledger, { name: "ana@example.org", role: "admin", by: "root@example.org" });
    await people.doors.sessions?.refresh();
    expect(await status()).toBe(401);
  });

  it("are asked by a page of this server, not by what another page makes their browser send", async () => {
    await open();
    provider.is(ANA);
    const browser = openBrowser();
    await browser.visit(signIn);
    const ask = async (headers: Record<string, string>, method = "DELETE"): Promise<number> =>
      (await browser.step(session, { method, headers })).status;
    const own = { "x-stillwatch": "1" };
    expect(await ask({})).toBe(403);
    expect(await ask({}, "GET")).toBe(403);
    expect(await ask({ ...own, origin: "https://evil.example" })).toBe(403);
    expect(await ask({ ...own, origin: "null" })).toBe(403);
    expect(await ask({ ...own, "sec-fetch-site": "cross-site" })).toBe(403);
    expect(await ask({ ...own, "sec-fetch-site": "same-site" })).toBe(403);
    expect(await ask({ ...own, authorization: "Bearer sw_wrongwrong" })).toBe(401);
    expect(await ask({ ...own, origin: URL_HERE }, "GET")).toBe(200);
  });

  it("sign in by a code where there is no provider: once, soon, and slowly where codes are guessed", async () => {
    await open({}, false);
    expect((await fetch(signIn)).status).toBe(404);
    const codeOf = (name: string) =>
      makeSignInCode(ledger, { name, by: "root@example.org", random: randomBytes });
    const browser = openBrowser();
    const use = (code: string) =>
      browser.fetch(session, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ code }),
      });
    const code = await codeOf("ana@example.org");
    const came = await use(code);
    expect(await came.json()).toEqual({ user: "ana@example.org", role: "reviewer" });
    expect((await browser.fetch(session)).status).toBe(200);
    expect((await use(code)).status).toBe(403);
    const late = await codeOf("ana@example.org");
    time += 11 * MINUTE;
    expect((await use(late)).status).toBe(403);
    const other = await codeOf("root@example.org");
    expect(await (await use(other)).json()).toMatchObject({ role: "admin" });
    const left = await ledger.read((store) => store.selectFrom("sessions").selectAll().execute());
    expect(left.map((one) => one.user_name)).toEqual(["root@example.org"]);
    await expect(codeOf("eve@example.org")).rejects.toThrow("is no user");
    const statuses = [];
    for (let tries = 0; tries < 30; tries++) statuses.push((await use("guess")).status);
    expect(new Set(statuses)).toEqual(new Set([403, 429]));
    const waits = await use("guess");
    expect([waits.status, waits.headers.get("retry-after")]).toEqual([429, "60"]);
    const from = (address: string) =>
      browser.fetch(signIn, { headers: { "x-forwarded-for": address } });
    for (let tries = 0; tries < 30; tries++) expect((await from("203.0.113.9")).status).toBe(404);
    expect((await from("198.51.100.1, 203.0.113.9")).status).toBe(429);
    expect((await from("203.0.113.8")).status).toBe(404);
    clock += MINUTE;
    expect((await use("guess")).status).toBe(403);
  });
});

describe("an identity provider that is away", () => {
  it("lets nobody in and is asked again, while the server stays up", async () => {
    expect(failures).toEqual([]);
    await open({ issuer: new URL(`http://127.0.0.1:${await freePort()}/`) });
    const answer = await fetch(signIn);
    expect([answer.status, await answer.json()]).toEqual([
      503,
      expect.objectContaining({ code: "SW_PROVIDER_AWAY" }),
    ]);
    expect((await fetch(signIn)).status).toBe(503);
    expect(failures).toMatchObject([
      { code: "SW_PROVIDER_AWAY", details: { reason: "ECONNREFUSED" } },
      { code: "SW_PROVIDER_AWAY" },
    ]);
  });
});
