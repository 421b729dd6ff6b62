import { requestOf, responseOf } from "./chat-body.ts";
import { type Dialect, EMBEDDINGS, type Finding } from "./dialect.ts";
import { isoTime } from "./iso-time.ts";
import {
  countOf,
  firstOf,
  type JsonRecord,
  listOf,
  lookup,
  recordOf,
  recordsOf,
  textOf,
} from "./json-record.ts";

/**
 * Azure API Management's log of model calls (`ApiManagementGatewayLlmLog`), joined with its gateway log: one row
 * a call, as the query in docs/dialects.md exports it. The log itself spreads a call over rows, none of which says who called.
 */
export const azureApim: Dialect = {
  name: "azure-apim",
  title: "Azure API Management gateway LLM log",
  recognises: (record) => rowsOf(record).some(isCall),
  translate: (record) => rowsOf(record).map(translate),
};

/** Rows of a diagnostic setting's `records`, each with its `properties`; else the record is the row. */
function rowsOf(record: JsonRecord): readonly JsonRecord[] {
  const records = listOf(record["records"]);
  if (records.length > 0) return recordsOf(records).flatMap(rowsOf);
  const properties = recordOf(record["properties"]);
  return [properties === undefined ? record : { ...record, ...properties }];
}

function isCall(row: JsonRecord): boolean {
  return (
    field(row, "CorrelationId") !== undefined &&
    MARKS.some((name) => field(row, name) !== undefined)
  );
}

const MARKS = ["DeploymentName", "RequestMessages", "ResponseMessages", "PromptTokens"] as const;

function translate(row: JsonRecord): Finding {
  if (/embed/i.test(`${textOf(field(row, "ModelName"))} ${textOf(field(row, "OperationId"))}`)) {
    return EMBEDDINGS;
  }
  const subscription = textOf(field(row, "ApimSubscriptionId"));
  const owner = textOf(field(row, "UserId"));
  const account = subscription ?? owner;
  if (account === undefined) return { rejected: NOBODY };
  const model = textOf(firstOf(field(row, "ModelName"), field(row, "DeploymentName")));
  return {
    source: row,
    exchange: {
      id: textOf(field(row, "CorrelationId")),
      time: isoTime(firstOf(field(row, "TimeGenerated"), field(row, "time"))),
      account,
      credential: subscription,
      organization: owner,
      platform: "azure",
      region: textOf(firstOf(field(row, "Region"), field(row, "location"))),
      model,
      endpoint: textOf(field(row, "OperationId")),
      http_status: countOf(field(row, "ResponseCode")),
      client: {
        ip: textOf(firstOf(field(row, "CallerIpAddress"), field(row, "callerIpAddress"))),
        user_agent: textOf(lookup(field(row, "RequestHeaders"), "User-Agent")),
      },
      request: requestOf(field(row, "RequestMessages"), { model }),
      response: responseOf(field(row, "ResponseMessages")),
      usage: {
        input: countOf(field(row, "PromptTokens")),
        output: countOf(field(row, "CompletionTokens")),
      },
    },
  };
}

const NOBODY =
  "no ApimSubscriptionId or UserId: join ApiManagementGatewayLogs first (docs/dialects.md has the query)";

/** Log Analytics writes names in Pascal case, diagnostic settings in camel case. */
function field(row: JsonRecord, name: string): unknown {
  return firstOf(row[name], row[`${name.charAt(0).toLowerCase()}${name.slice(1)}`]);
}
