import type { Decision } from "../decision-table.ts";
import { decisionHeaders, type GatewayAnswer, refusalOf } from "./gateway-answer.ts";

/**
 * Envoy's `ext_authz` over HTTP: 200, and nothing else, lets the request pass, with headers that
 * `allowed_upstream_headers` lets through. Of any other answer the caller gets the status and the body, so a refusal
 * has one in the shape that clients of model APIs know.
 */
export function envoyAnswer(decision: Decision): GatewayAnswer {
  const headers = decisionHeaders(decision);
  if (decision.action !== "deny") return { status: 200, headers };
  const error = {
    type: "permission_error",
    code: decision.reason,
    message: refusalOf(decision),
  };
  return { status: 403, headers, body: { error } };
}
