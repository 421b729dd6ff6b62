import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { openDecisionTable } from "../../src/response/decision-table.ts";
import { decisionHeaders } from "../../src/response/gateways/gateway-answer.ts";
import {
  HEADER_NAMES,
  questionInHeaders,
  questionNames,
} from "../../src/response/gateways/question-in-headers.ts";
import { gatewayRoutes } from "../../src/server/gateway-routes.ts";
import { DENY, DIRECTED } from "../response/gateways/sample-decisions.ts";

const EXAMPLES = join(import.meta.dirname, "../../examples");
const ROUTES = gatewayRoutes(openDecisionTable({ now: () => new Date(0) })).map(({ path }) => path);
/** Every header that a decision may come in. */
const TOLD = Object.keys({ ...decisionHeaders(DENY), ...decisionHeaders(DIRECTED) }).toSorted();

/** Parsed YAML or what stands in it, of any shape. */
interface Node {
  readonly [name: string]: Node & string & readonly (Node & string)[];
}

const example = (path: string): Node => parse(readFileSync(join(EXAMPLES, path), "utf8"));

describe("the example for Envoy", () => {
  const listeners = example("envoy/envoy.yaml")["static_resources"]!["listeners"]!;
  const manager = listeners[0]!["filter_chains"]![0]!["filters"]![0]!["typed_config"]!;
  const filters = manager["http_filters"]!;
  const filter = (name: string): Node =>
    filters.find((one) => String(one["name"]).endsWith(`.${name}`))!["typed_config"]!;
  const authz = filter("ext_authz");
  const service = authz["http_service"]!;
  const exact = (list: Node): readonly string[] =>
    list["patterns"]!.map((one) => String(one["exact"])).toSorted();

  it("first takes off what a caller could pretend, then names the caller, then asks", () => {
    expect(filters.map((one) => String(one["name"]).split(".").at(-1))).toEqual([
      "header_mutation",
      "api_key_auth",
      "ext_authz",
      "router",
    ]);
    const removed = filter("header_mutation")["mutations"]!["request_mutations"]!;
    const names = removed.map((one) => String(one["remove"]));
    expect(names).toEqual(expect.arrayContaining([...TOLD, "x-consumer-id", "x-model"]));
    expect(filter("api_key_auth")["forwarding"]).toEqual({
      header: "x-consumer-id",
      hide_credentials: true,
    });
  });

  it("asks an address that is answered, naming the headers it sends, and passes on every header of an answer", () => {
    expect(ROUTES).toContain(`${service["path_prefix"]}/*`);
    const added = service["authorization_request"]!["headers_to_add"]!;
    const headers = Object.fromEntries(
      added.map((one) => [String(one["key"]), [String(one["value"])]]),
    );
    const { account, model } = questionNames(headers, HEADER_NAMES);
    expect(exact(authz["allowed_headers"]!)).toEqual([account, model].toSorted());
    const asked = questionInHeaders({ ...headers, "x-consumer-id": ["acct_1"] });
    expect(asked).toEqual({ account: "acct_1" });
    expect(exact(service["authorization_response"]!["allowed_upstream_headers"]!)).toEqual(TOLD);
  });
});

describe("the example for LiteLLM", () => {
  const guardrail = example("litellm/config.yaml")["guardrails"]![0]!["litellm_params"]!;

  it("asks an address that is answered, before each call", () => {
    const { pathname } = new URL(String(guardrail["api_base"]));
    expect(ROUTES).toContain(`${pathname}/beta/litellm_basic_guardrail_api`);
    expect(guardrail).toMatchObject({ mode: "pre_call", default_on: true });
  });

  it("sends who asks for which model, and nothing of what is said", () => {
    const left = guardrail["exclude_payload_fields"]!;
    expect(left).toEqual(expect.arrayContaining(["texts", "structured_messages", "images"]));
    for (const needed of ["request_data", "model"]) expect(left).not.toContain(needed);
  });
});
