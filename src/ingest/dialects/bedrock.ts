import { converseRequest, converseResponse } from "./bedrock-bodies.ts";
import { type Dialect, EMBEDDINGS, type Finding, OTHER_CALLS } from "./dialect.ts";
import { isoTime } from "./iso-time.ts";
import {
  countOf,
  firstOf,
  type JsonRecord,
  listOf,
  lookup,
  parsed,
  recordOf,
  recordsOf,
  textOf,
} from "./json-record.ts";

/** AWS Bedrock's model-invocation log: its own records (S3), and CloudWatch's wrapping of them. */
export const bedrock: Dialect = {
  name: "bedrock",
  title: "AWS Bedrock model-invocation log",
  recognises: (record) =>
    record["schemaType"] === "ModelInvocationLog" ||
    wrapped(record).some((one) => one["schemaType"] === "ModelInvocationLog"),
  translate(record) {
    const records = wrapped(record);
    return records.length === 0 ? [translate(record)] : records.map(translate);
  },
};

/** Records inside a CloudWatch subscription's `logEvents` or a query's `events`, or in one exported event. */
function wrapped(record: JsonRecord): readonly JsonRecord[] {
  const events = [...listOf(record["logEvents"]), ...listOf(record["events"])];
  const given = events.length === 0 ? [record] : events;
  return recordsOf(given.map((event) => parsed(lookup(event, "message"))));
}

function translate(record: JsonRecord): Finding {
  const input = recordOf(record["input"]) ?? {};
  const output = recordOf(record["output"]) ?? {};
  const request = parsed(input["inputBodyJson"]);
  const response = parsed(output["outputBodyJson"]);
  const model = textOf(record["modelId"]);
  if (isEmbedding(model, response)) return EMBEDDINGS;
  if (/image|video|rerank|canvas|reel/.test(model ?? "")) return OTHER_CALLS;
  const failure = textOf(record["errorCode"]);
  return {
    source: record,
    exchange: {
      id: textOf(record["requestId"]),
      time: isoTime(record["timestamp"]),
      account: textOf(record["accountId"]),
      credential: textOf(lookup(record, "identity.arn")),
      platform: "bedrock",
      region: textOf(firstOf(record["inferenceRegion"], record["region"])),
      model,
      endpoint: textOf(record["operation"]),
      http_status: failure === undefined ? 200 : STATUS_OF[failure],
      request: converseRequest(recordOf(request)),
      response: converseResponse(response),
      usage: {
        input: countOf(input["inputTokenCount"]),
        cached: countOf(
          firstOf(input["cacheReadInputTokenCount"], record["cacheReadInputTokenCount"]),
        ),
        output: countOf(output["outputTokenCount"]),
      },
    },
  };
}

function isEmbedding(model: string | undefined, response: unknown): boolean {
  const body = recordOf(response);
  return (
    /embed/.test(model ?? "") ||
    (body !== undefined && (body["embedding"] !== undefined || body["embeddings"] !== undefined))
  );
}

/** HTTP statuses of the errors that the log names. */
const STATUS_OF: Readonly<Record<string, number>> = {
  ValidationException: 400,
  AccessDeniedException: 403,
  ResourceNotFoundException: 404,
  ModelTimeoutException: 408,
  ThrottlingException: 429,
  ServiceQuotaExceededException: 400,
  ModelErrorException: 424,
  ModelNotReadyException: 429,
  InternalServerException: 500,
  ServiceUnavailableException: 503,
};
