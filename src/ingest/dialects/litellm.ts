import { requestOf } from "./chat-body.ts";
import { BATCH_JOBS, type Dialect, EMBEDDINGS, type Finding, OTHER_CALLS } from "./dialect.ts";
import { isoTime } from "./iso-time.ts";
import {
  countOf,
  firstOf,
  type JsonRecord,
  listOf,
  lookup,
  recordOf,
  textOf,
} from "./json-record.ts";

/** LiteLLM's StandardLoggingPayload, as its generic logger, S3 and bucket loggers write it. */
export const litellm: Dialect = {
  name: "litellm",
  title: "LiteLLM standard logging payload",
  recognises: (record) =>
    record["call_type"] !== undefined &&
    record["startTime"] !== undefined &&
    record["metadata"] !== undefined,
  translate: (record) => [translate(record)],
};

/** The proxy's name for whoever holds the master key: not a user. */
const NO_USER = "default_user_id";
/** What stands in place of text that the proxy was told not to log. */
const REDACTED = "redacted-by-litellm";

function translate(record: JsonRecord): Finding {
  const aside = asideOf(String(record["call_type"]));
  if (aside !== undefined) return aside;
  const metadata = recordOf(record["metadata"]) ?? {};
  const user = textOf(metadata["user_api_key_user_id"]);
  const key = textOf(metadata["user_api_key_hash"]);
  const team = textOf(metadata["user_api_key_team_id"]);
  const cost = record["response_cost"];
  return {
    source: record,
    exchange: {
      id: textOf(record["id"]),
      time: isoTime(record["startTime"]),
      account: litellmAccount(user, key),
      credential: key,
      organization: textOf(metadata["user_api_key_org_id"]) ?? team,
      end_user: textOf(record["end_user"]),
      platform: "litellm",
      model: textOf(firstOf(record["model_group"], record["model"])),
      session: textOf(record["trace_id"]),
      http_status: statusOf(record),
      client: {
        ip: textOf(firstOf(record["requester_ip_address"], metadata["requester_ip_address"])),
        user_agent: textOf(firstOf(metadata["user_agent"], userAgentOf(record["request_tags"]))),
      },
      request: bodyOf(record),
      response: isRedacted(record["response"]) ? undefined : record["response"],
      usage: {
        input: countOf(record["prompt_tokens"]),
        output: countOf(record["completion_tokens"]),
      },
      billed: typeof cost === "number" && cost >= 0 ? cost : undefined,
    },
  };
}

/** Who is the account: the user, or the key where it belongs to none. */
export function litellmAccount(
  user: string | undefined,
  key: string | undefined,
): string | undefined {
  return user === undefined || user === NO_USER ? key : user;
}

function asideOf(call: string): Finding | undefined {
  if (call.includes("embedding")) return EMBEDDINGS;
  if (call.includes("batch")) return BATCH_JOBS;
  return OTHER_CALL.test(call) ? OTHER_CALLS : undefined;
}

const OTHER_CALL =
  /image|speech|transcription|moderation|rerank|file|fine_?tuning|vector_store|search|ocr|video/;

function bodyOf(record: JsonRecord): JsonRecord | undefined {
  if (isRedacted(record["messages"])) return undefined;
  const settings = recordOf(record["model_parameters"]) ?? {};
  return requestOf(record["messages"], { model: record["model"], ...settings });
}

function isRedacted(value: unknown): boolean {
  const [only, ...others] = listOf(value);
  if (others.length > 0) return false;
  const text = firstOf(value, "") === REDACTED ? REDACTED : lookup(only ?? value, "content");
  return (
    text === REDACTED ||
    lookup(value, "text") === REDACTED ||
    lookup(value, "choices.0.message.content") === REDACTED
  );
}

function statusOf(record: JsonRecord): number | undefined {
  if (record["status"] === "success") return 200;
  return countOf(lookup(record, "error_information.error_code"));
}

/** The proxy tags each request with the client's own string. */
function userAgentOf(tags: unknown): string | undefined {
  const tag = listOf(tags).findLast(
    (one) => typeof one === "string" && one.startsWith("User-Agent: "),
  );
  return typeof tag === "string" ? tag.slice("User-Agent: ".length) : undefined;
}
