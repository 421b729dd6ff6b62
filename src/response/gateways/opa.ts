import {
  type JsonRecord,
  listOf,
  lookup,
  recordOf,
  textOf,
} from "../../ingest/dialects/json-record.ts";
import type { Asked, Decision } from "../decision-table.ts";
import { decisionHeaders, refusalOf } from "./gateway-answer.ts";
import { HEADER_NAMES, questionOf } from "./question-in-headers.ts";

/** What a policy of OPA's data API says: the fields that Kong's and APISIX's plugins act on, and the decision. */
export interface PolicyResult extends Decision {
  readonly allow: boolean;
  /** For Kong, of a refusal. */
  readonly status?: number;
  readonly message?: string;
  /** For APISIX, of a refusal. */
  readonly status_code?: number;
  /** To the model where it passes, to the caller where not. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Where each part is told: first as we ask for it, then as gateways that speak to OPA send it (Kong, APISIX, Envoy's
 * plugin): who was authenticated before headers, which a caller may write.
 */
const PATHS: Readonly<Record<keyof Asked, readonly string[]>> = {
  account: ["account", "consumer.custom_id", "consumer.username", "consumer.id"],
  credential: ["credential"],
  model: ["model", "request.http.parsed_body.model", "parsed_body.model"],
  person: ["person"],
};
const HEADERS = ["request.http.headers", "request.headers", "attributes.request.http.headers"];

/** What is asked of OPA's data API by `{"input": …}`. Throws SW_NOBODY_NAMED. */
export function opaQuestion({ input }: JsonRecord): Asked {
  const headers = HEADERS.map((path) => recordOf(lookup(input, path))).find(Boolean) ?? {};
  const inHeader = new Map(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), listOf(value)[0] ?? value]),
  );
  return questionOf((part) => {
    const told = PATHS[part].map((path) => textOf(lookup(input, path)));
    return told.find((text) => text !== undefined) ?? textOf(inHeader.get(HEADER_NAMES[part]));
  });
}

/** The result of the policy. */
export function opaResult(decision: Decision): PolicyResult {
  const allow = decision.action !== "deny";
  const refusal = { status: 403, status_code: 403, message: refusalOf(decision) };
  return { ...decision, allow, headers: decisionHeaders(decision), ...(allow ? {} : refusal) };
}
