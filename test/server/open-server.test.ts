import { once } from "node:events";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { type HttpServer, openServer, type ServerOptions } from "../../src/server/open-server.ts";
import { type Route, route } from "../../src/server/route.ts";
import type { TokenBook } from "../../src/server/tokens.ts";

const NO_TOKENS: TokenBook = { any: () => false, admit: () => "unknown" };
let server: HttpServer | undefined;
afterEach(async () => {
  await server?.close();
});

async function open(...routes: readonly Route[]): Promise<string> {
  return openWith({ routes });
}

async function openWith(options: Partial<ServerOptions>): Promise<string> {
  server = await openServer({
    host: "127.0.0.1",
    port: 0,
    routes: [],
    tokens: NO_TOKENS,
    ...options,
    onFailure: (error) => {
      throw error;
    },
  });
  return server.url;
}

const anyone = { method: "GET", caller: "anyone", summary: "Say what was asked" } as const;
const said: Route["answer"] = (_, { params, query, body }) =>
  Promise.resolve({ status: 200, body: { params, query, body } });

describe("the open port", () => {
  it("reads parameters from the path, and prefers a path that is written out", async () => {
    const url = await open(
      { ...anyone, path: "/v1/cases/:id/evidence/:exchange", answer: said },
      { ...anyone, path: "/v1/cases/:id", answer: said },
      { ...anyone, path: "/v1/cases/all", answer: async () => ({ status: 200, body: [] }) },
    );
    const ask = async (path: string) => (await fetch(`${url}/v1/cases${path}`)).json();
    expect(await ask("/c1?x=1")).toMatchObject({ params: { id: "c1" } });
    expect(await ask("/c1/evidence/a%2Fb%20c")).toMatchObject({
      params: { id: "c1", exchange: "a/b c" },
    });
    expect(await ask("/all")).toEqual([]);
    for (const nowhere of ["/", "/c1/evidence/", "/c1/evidence/%ff", "/c1/evidence/x/y"])
      expect(await ask(nowhere)).toMatchObject({ code: "SW_ROUTE_UNKNOWN" });
    const asIs = await fetch(`${url}/v1/cases/:id`);
    expect(await asIs.json()).toMatchObject({ params: { id: ":id" } });
  });

  it("gives a route its query and body in their shapes, or says what is wrong with them", async () => {
    const url = await open(
      route({
        ...anyone,
        method: "POST",
        path: "/x",
        query: z.strictObject({ since: z.coerce.number().optional() }),
        body: z.strictObject({ reason: z.string().min(3) }),
        answer: async (_, { query, body }) => ({
          status: 200,
          body: { twice: (query.since ?? 0) * 2, reason: body.reason },
        }),
      }),
    );
    const json = { "content-type": "application/json" };
    const post = async (query: string, body: string, headers: Record<string, string> = json) =>
      (await fetch(`${url}/x${query}`, { method: "POST", headers, body })).json();
    const good = JSON.stringify({ reason: "an appeal" });
    expect(await post("?since=21", good)).toEqual({ twice: 42, reason: "an appeal" });
    expect(await post("?since=1&since=2", good)).toMatchObject({
      status: 422,
      code: "SW_ASKED_INVALID",
      detail: expect.stringContaining("query.since"),
    });
    expect(await post("?other=1", good)).toMatchObject({ code: "SW_ASKED_INVALID" });
    expect(await post("", '{"reason":"x"}')).toMatchObject({
      detail: expect.stringContaining("body.reason"),
    });
    expect(await post("", "{")).toMatchObject({ status: 415, code: "SW_BODY_NOT_JSON" });
    expect(await post("", good, { "content-type": "text/plain" })).toMatchObject({
      code: "SW_BODY_NOT_JSON",
    });
    const long = JSON.stringify({ reason: "x".repeat(1_000_001) });
    expect(await post("", long)).toMatchObject({ status: 413 });
    const socket = connect(Number(new URL(url).port), "127.0.0.1");
    const bare = "host: localhost\r\ncontent-type: application/json\r\nconnection: close\r\n\r\n";
    socket.write(`POST /x HTTP/1.1\r\n${bare}`);
    expect(await text(socket)).toContain("SW_BODY_NOT_JSON");
  });

  it("lets nobody in where a route has forgotten to say whom", async () => {
    const forgetful = {
      ...anyone,
      path: "/x",
      answer: said,
      caller: undefined,
    } as unknown as Route;
    const empty = { ...anyone, path: "/y", answer: said, caller: {} } as unknown as Route;
    const url = await open(forgetful, empty);
    for (const path of ["/x", "/y"]) {
      expect((await fetch(url + path)).status).toBe(401);
      const headers = { authorization: "Bearer sw_something", cookie: "stillwatch=x" };
      expect((await fetch(url + path, { headers })).status).toBe(401);
    }
  });

  it("says with every answer that nothing of it may be kept, framed, guessed at or run", async () => {
    const url = await open({ ...anyone, path: "/x", answer: said });
    const socket = connect(Number(new URL(url).port), "127.0.0.1");
    socket.write("no HTTP\r\n\r\n");
    for (const head of [
      await fetch(`${url}/x`).then(({ headers }) => JSON.stringify([...headers])),
      await fetch(`${url}/y`).then(({ headers }) => JSON.stringify([...headers])),
      await text(socket),
    ]) {
      expect(head).toContain("no-store");
      expect(head).toContain("default-src 'none'");
      expect(head).toContain("nosniff");
      expect(head).toContain("no-referrer");
    }
  });

  it("leaves room: one address has half of the connections unless a proxy is there, and strangers don't stay when they are short", async () => {
    const record = { id: "t", name: "ops", scopes: [], sha256: "", created: "" };
    const openFor = (proxies: readonly string[]) =>
      openWith({
        routes: [
          { ...anyone, path: "/x", answer: said },
          { ...anyone, path: "/known", caller: "status:read", answer: said },
        ],
        tokens: { any: () => true, admit: (token) => (token === undefined ? "unknown" : record) },
        mostConnections: 8,
        proxies,
      });
    const ask = async (url: string, localAddress: string, path: string, more = "") => {
      const port = Number(new URL(url).port);
      const socket = connect({ port, host: "127.0.0.1", localAddress }).on("error", () => {});
      socket.write(`GET ${path} HTTP/1.1\r\nhost: localhost\r\n${more}\r\n`);
      const [got] = await Promise.race([once(socket, "data"), once(socket, "close")]);
      return /connection: (.*)\r/i.exec(String(got))?.[1] ?? "refused";
    };
    const url = await openFor(["127.0.0.3"]);
    for (let one = 0; one < 4; one++) expect(await ask(url, "127.0.0.1", "/x")).toBe("keep-alive");
    expect(await ask(url, "127.0.0.1", "/x")).toBe("refused");
    expect(await ask(url, "127.0.0.2", "/x")).toBe("close");
    expect(await ask(url, "127.0.0.2", "/known")).toBe("close");
    const token = "authorization: Bearer sw_0123456789\r\n";
    expect(await ask(url, "127.0.0.2", "/known", token)).toBe("keep-alive");
    await server?.close();
    const behind = await openFor(["127.0.0.1"]);
    for (let one = 0; one < 5; one++)
      expect(await ask(behind, "127.0.0.1", "/known", token)).toBe("keep-alive");
  });

  it("sends pieces as they come, and ends them when it closes or nobody listens any more", async () => {
    let ended = 0;
    const url = await open({
      ...anyone,
      path: "/x",
      answer: async () => ({ status: 200, type: "text/event-stream", pieces: ticking() }),
    });
    async function* ticking() {
      try {
        for (;;) {
          yield "data: tick\n\n";
          await new Promise((next) => setTimeout(next, 5));
        }
      } finally {
        ended++;
      }
    }
    const away = new AbortController();
    const first = await fetch(`${url}/x`, { signal: away.signal });
    expect(first.headers.get("content-type")).toBe("text/event-stream");
    const got = await first.body?.getReader().read();
    expect(Buffer.from(got?.value ?? []).toString()).toBe("data: tick\n\n");
    away.abort();
    await expect.poll(() => ended).toBe(1);
    const second = await fetch(`${url}/x`);
    await server?.close();
    await expect(second.text()).rejects.toThrow("terminated");
    await expect.poll(() => ended).toBe(2);
  });
});
