import { describe, expect, it } from "vitest";
import { STEPS } from "../../../src/ledger/tables.ts";
import { envoyAnswer } from "../../../src/response/gateways/envoy.ts";
import { litellmAnswer, litellmQuestion } from "../../../src/response/gateways/litellm.ts";
import { nginxAnswer } from "../../../src/response/gateways/nginx.ts";
import { opaQuestion, opaResult } from "../../../src/response/gateways/opa.ts";
import { DENY, DIRECTED, LIMIT, NONE } from "./sample-decisions.ts";

const LIMIT_HEADERS = {
  "x-stillwatch-action": "limit",
  "x-stillwatch-reason": "coordinated_harvest",
  "x-stillwatch-case": "c12",
  "x-stillwatch-expires": "2026-05-10T00:00:00.000Z",
};

describe("NGINX's auth_request", () => {
  it("is refused with 403 where a step denies, and let pass with the step in headers otherwise", () => {
    expect(nginxAnswer(LIMIT)).toEqual({ status: 200, headers: LIMIT_HEADERS });
    for (const action of STEPS)
      expect(nginxAnswer({ ...LIMIT, action }).status).toBe(action === "deny" ? 403 : 200);
    expect(nginxAnswer(DENY).headers).toMatchObject({ "x-stillwatch-case": "c12" });
  });

  it("always hears the action, so that a caller's own header never stands for it", () => {
    expect(nginxAnswer(NONE).headers).toEqual({
      "x-stillwatch-action": "allow",
      "x-stillwatch-reason": "none",
    });
  });
});

describe("Envoy's ext_authz", () => {
  it("passes on 200 alone, and has a body for the caller where it refuses", () => {
    expect(envoyAnswer(LIMIT)).toEqual({ status: 200, headers: LIMIT_HEADERS });
    const { status, body } = envoyAnswer(DIRECTED);
    expect({ status, body }).toEqual({
      status: 403,
      body: {
        error: {
          type: "permission_error",
          code: "access_restricted",
          message: "This request was refused (access_restricted). Name r3 when you ask about it.",
        },
      },
    });
  });
});

describe("LiteLLM's generic guardrail", () => {
  /** As the proxy posts it before a call. */
  const asked = {
    input_type: "request",
    litellm_call_id: "call-1",
    litellm_trace_id: "trace-1",
    texts: ["a prompt"],
    structured_messages: [{ role: "user", content: "a prompt" }],
    images: null,
    tools: null,
    model: "orion-4",
    request_data: {
      user_api_key_hash: "88dc28d0",
      user_api_key_alias: null,
      user_api_key_user_id: "user-1",
      user_api_key_team_id: "team-1",
      user_api_key_end_user_id: "end-1",
    },
    request_headers: { "user-agent": "a client", authorization: "[present]" },
    additional_provider_specific_params: {},
  };

  it("asks about the account of its logs, and nothing of the text is read", () => {
    expect(litellmQuestion(asked, {})).toEqual({
      account: "user-1",
      credential: "88dc28d0",
      model: "orion-4",
      person: "end-1",
    });
  });

  it("asks about the key where it belongs to no user, as its logs do", () => {
    for (const user of [null, "default_user_id"]) {
      const request_data = { ...asked.request_data, user_api_key_user_id: user };
      expect(litellmQuestion({ ...asked, request_data }, {})).toMatchObject({
        account: "88dc28d0",
        credential: "88dc28d0",
      });
    }
  });

  it("asks about its team where it is told to, and a caller's own parameters name nobody", () => {
    const names = { "x-stillwatch-names": ["account=user_api_key_team_id"] };
    const by = { ...asked, additional_provider_specific_params: { account: "somebody-else" } };
    expect(litellmQuestion(by, names).account).toBe("team-1");
  });

  it("is blocked where a step denies; milder steps are none that it could take", () => {
    expect(litellmAnswer(DENY)).toEqual({
      action: "BLOCKED",
      blocked_reason:
        "This request was refused (coordinated_harvest). Name c12 when you ask about it.",
    });
    for (const action of STEPS.filter((step) => step !== "deny"))
      expect(litellmAnswer({ ...LIMIT, action })).toEqual({ action: "NONE" });
  });
});

describe("OPA's data API", () => {
  const headers = { "x-stillwatch-account": "acct_9", "X-Stillwatch-Credential": "key_4" };

  it.each([
    ["our own", { account: "acct_9", credential: "key_4" }],
    ["Kong's headers", { request: { http: { method: "POST", host: "api", headers } } }],
    ["APISIX's headers", { type: "http", request: { path: "/v1/models", headers } }],
    [
      "Envoy's plugin",
      { attributes: { request: { http: { headers } } }, parsed_path: ["v1", "models"] },
    ],
    [
      "headers that came twice",
      { request: { headers: { ...headers, "x-stillwatch-account": ["acct_9", "b"] } } },
    ],
  ])("is asked in the shape of %s", (_, input) => {
    expect(opaQuestion({ input })).toEqual({ account: "acct_9", credential: "key_4" });
  });

  it("believes who Kong authenticated before what a caller wrote in a header, and reads the body's model", () => {
    const input = {
      request: { http: { headers, parsed_body: { model: "orion-4" } } },
      consumer: { id: "0b3f", username: "acct_1", custom_id: null },
    };
    expect(opaQuestion({ input })).toMatchObject({ account: "acct_1", model: "orion-4" });
  });

  it("is no question without an input that names somebody", () => {
    for (const body of [{}, { input: null }, { input: [] }, { input: { account: { id: 1 } } }])
      expect(() => opaQuestion(body)).toThrow(/names no account/);
  });

  it("says allow, and to Kong and APISIX what a refused caller gets", () => {
    expect(opaResult(LIMIT)).toEqual({ ...LIMIT, allow: true, headers: LIMIT_HEADERS });
    expect(opaResult(DENY)).toMatchObject({
      allow: false,
      status: 403,
      status_code: 403,
      reason: "coordinated_harvest",
    });
  });
});
