import type { Decision } from "../decision-table.ts";
import { decisionHeaders, type GatewayAnswer } from "./gateway-answer.ts";

/**
 * NGINX's `auth_request`: 403 refuses, and every other step lets the request pass with headers that `auth_request_set`
 * can read (`$upstream_http_x_stillwatch_action`). It reads no body. 401 is never answered: it would ask the caller
 * for credentials.
 */
export function nginxAnswer(decision: Decision): GatewayAnswer {
  const status = decision.action === "deny" ? 403 : 200;
  return { status, headers: decisionHeaders(decision) };
}
