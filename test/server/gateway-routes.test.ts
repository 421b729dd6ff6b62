import { afterEach, describe, expect, it } from "vitest";
import { openDecisionTable } from "../../src/response/decision-table.ts";
import { gatewayRoutes } from "../../src/server/gateway-routes.ts";
import { type HttpServer, openServer } from "../../src/server/open-server.ts";
import type { TokenBook } from "../../src/server/tokens.ts";

const NOW = new Date("2026-05-02T00:00:00.000Z");
const STEP = {
  decision: "d7",
  reason: "coordinated_harvest",
  expires: "2026-05-10T00:00:00.000Z",
  case: "c12",
};

/** Admits one token, and no other. */
const BOOK: TokenBook = {
  any: () => true,
  admit: (given) =>
    given === "Bearer sw_gateway"
      ? { id: "tok_1", name: "gateway", scopes: ["decisions:read"], sha256: "", created: "" }
      : "unknown",
};

const TOKEN = { authorization: "Bearer sw_gateway" };

let server: HttpServer | undefined;
afterEach(async () => {
  await server?.close();
});

async function open(): Promise<(path: string, init?: RequestInit) => Promise<Response>> {
  const table = openDecisionTable({ now: () => NOW });
  table.apply({ ...STEP, account: "acct_1", action: "deny" });
  table.apply({ ...STEP, account: "acct_2", action: "limit" });
  server = await openServer({
    host: "127.0.0.1",
    port: 0,
    routes: gatewayRoutes(table),
    tokens: BOOK,
    onFailure: (error) => {
      throw error;
    },
  });
  const { url } = server;
  return (path, init = {}) => fetch(`${url}${path}`, { headers: TOKEN, ...init });
}

const json = { ...TOKEN, "content-type": "application/json" };

describe("the routes of gateways", () => {
  it("answer NGINX by status and headers, without a body", async () => {
    const ask = await open();
    const of = (account: string) =>
      ask("/v1/gateways/nginx", { headers: { ...TOKEN, "x-stillwatch-account": account } });
    const refused = await of("acct_1");
    expect([refused.status, await refused.text()]).toEqual([403, ""]);
    expect(refused.headers.get("x-stillwatch-reason")).toBe("coordinated_harvest");
    const limited = await of("acct_2");
    expect([limited.status, limited.headers.get("x-stillwatch-action")]).toEqual([200, "limit"]);
    const other = await of("acct_3");
    expect([other.status, other.headers.get("x-stillwatch-action")]).toEqual([200, "allow"]);
  });

  it.each(["GET", "POST", "PATCH", "DELETE", "OPTIONS"])(
    "answer Envoy whatever its caller's method (%s) and path are",
    async (method) => {
      const ask = await open();
      const headers = {
        ...TOKEN,
        "x-stillwatch-names": "account=x-consumer-id",
        "x-consumer-id": "acct_1",
      };
      const path = "/v1/gateways/envoy/v1/../chat%20completions?stream=1&x-consumer-id=acct_3";
      const refused = await ask(path, { method, headers });
      expect(refused.status).toBe(403);
      expect(await refused.json()).toMatchObject({ error: { code: "coordinated_harvest" } });
    },
  );

  it("answer LiteLLM's guardrail, also where it shows its token as an API key and sends megabytes of text", async () => {
    const ask = await open();
    const texts = ["x".repeat(3_000_000)];
    const of = async (user_api_key_user_id: string) => {
      const answer = await ask("/v1/gateways/litellm/beta/litellm_basic_guardrail_api", {
        method: "POST",
        headers: { "content-type": "application/json", "x-api-key": "sw_gateway" },
        body: JSON.stringify({
          input_type: "request",
          texts,
          request_data: { user_api_key_user_id },
        }),
      });
      return answer.json();
    };
    expect(await of("acct_1")).toMatchObject({ action: "BLOCKED" });
    expect(await of("acct_2")).toEqual({ action: "NONE" });
  });

  it("answer as OPA's data API does", async () => {
    const ask = await open();
    const of = async (path: string, account: string) => {
      const body = JSON.stringify({ input: { account } });
      return (await ask(path, { method: "POST", headers: json, body })).json();
    };
    expect(await of("/v1/data/stillwatch/allow", "acct_1")).toEqual({ result: false });
    expect(await of("/v1/data/stillwatch/allow", "acct_2")).toEqual({ result: true });
    expect(await of("/v1/data/stillwatch", "acct_1")).toMatchObject({
      result: { allow: false, action: "deny", status: 403, case: "c12" },
    });
  });

  it("refuse a question about nobody, one that is no JSON, and a gateway without the token", async () => {
    const ask = await open();
    const codeOf = async (asked: Promise<Response>) => {
      const answer = await asked;
      return [answer.status, ((await answer.json()) as { code: string }).code];
    };
    expect(await codeOf(ask("/v1/gateways/nginx"))).toEqual([422, "SW_NOBODY_NAMED"]);
    expect(
      await codeOf(ask("/v1/data/stillwatch", { method: "POST", headers: json, body: "[]" })),
    ).toEqual([415, "SW_BODY_NOT_JSON"]);
    const stranger = { authorization: "Bearer sw_other", "x-stillwatch-account": "acct_3" };
    for (const path of ["/v1/gateways/nginx", "/v1/gateways/envoy/v1/x"])
      expect(await codeOf(ask(path, { headers: stranger }))).toEqual([401, "SW_TOKEN_NEEDED"]);
  });
});
