import { litellmAccount } from "../../ingest/dialects/litellm.ts";
import { type JsonRecord, recordOf, textOf } from "../../ingest/dialects/json-record.ts";
import type { Asked, Decision } from "../decision-table.ts";
import { refusalOf } from "./gateway-answer.ts";
import { type GatewayHeaders, questionNames, questionOf } from "./question-in-headers.ts";

/** What LiteLLM's generic guardrail is answered. `GUARDRAIL_INTERVENED` would change texts, which is never done here. */
export interface GuardrailAnswer {
  readonly action: "NONE" | "BLOCKED";
  readonly blocked_reason?: string;
}

/**
 * What LiteLLM's generic guardrail asks. Only who and which model is read; texts, images and tools are not. The account
 * is that of its logs: the user, or the key's hash where there is none. `x-stillwatch-names` may name other fields of
 * `request_data`. Throws SW_GATEWAY_NAMES, SW_NOBODY_NAMED.
 */
export function litellmQuestion(body: JsonRecord, headers: GatewayHeaders): Asked {
  const names = questionNames(headers, {
    account: "",
    credential: "user_api_key_hash",
    model: "model",
    person: "user_api_key_end_user_id",
  });
  const data = recordOf(body["request_data"]) ?? {};
  return questionOf((part) => {
    if (part === "model") return textOf(body[names.model]);
    if (part === "account" && names.account === "") {
      return litellmAccount(
        textOf(data["user_api_key_user_id"]),
        textOf(data["user_api_key_hash"]),
      );
    }
    return textOf(data[names[part]]);
  });
}

/** LiteLLM's guardrails block or let pass; milder steps let pass. */
export function litellmAnswer(decision: Decision): GuardrailAnswer {
  if (decision.action !== "deny") return { action: "NONE" };
  return { action: "BLOCKED", blocked_reason: refusalOf(decision) };
}
