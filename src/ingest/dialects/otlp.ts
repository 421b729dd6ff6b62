import { type Dialect, type Finding, OTHER_SPANS } from "./dialect.ts";
import { genAi } from "./gen-ai.ts";
import { firstOf, type JsonRecord, listOf, lookup, recordOf, textOf } from "./json-record.ts";
import { openinference } from "./openinference.ts";
import { openrouter } from "./openrouter.ts";
import { exchangeOf, plainSpan, type Span } from "./span.ts";

/** Most particular first: OpenRouter and some OpenInference spans carry names of OpenTelemetry too. */
const CONVENTIONS = [openrouter, openinference, genAi] as const;
/** The log record that holds a whole call, in place of or beside its span. */
const DETAILS = "gen_ai.client.inference.operation.details";

/** Spans: OTLP in JSON, as collectors' file exporters and OpenRouter's Broadcast write it, and plain JSON spans. */
export const otlp: Dialect = {
  name: "otlp",
  title: "OpenTelemetry spans (OpenTelemetry GenAI, OpenInference, OpenRouter Broadcast)",
  recognises: (record) =>
    Array.isArray(record["resourceSpans"]) ||
    Array.isArray(record["resourceLogs"]) ||
    (recordOf(record["attributes"]) !== undefined &&
      lookup(record, "context.span_id") !== undefined),
  translate(record) {
    if (record["attributes"] !== undefined) return [exchangeOf(plainSpan(record), CONVENTIONS)];
    return [...spansIn(record), ...logsIn(record)];
  },
};

function* spansIn(record: JsonRecord): Generator<Finding> {
  for (const [resource, scopes] of resourcesIn(record["resourceSpans"], "scopeSpans")) {
    for (const span of scopes.flatMap((scope) => listOf(lookup(scope, "spans")))) {
      yield exchangeOf(spanOf(recordOf(span) ?? {}, resource), CONVENTIONS);
    }
  }
}

function* logsIn(record: JsonRecord): Generator<Finding> {
  for (const [resource, scopes] of resourcesIn(record["resourceLogs"], "scopeLogs")) {
    for (const value of scopes.flatMap((scope) => listOf(lookup(scope, "logRecords")))) {
      const log = recordOf(value) ?? {};
      const span = spanOf(log, resource);
      const name = firstOf(log["eventName"], span.attributes["event.name"]);
      yield name === DETAILS ? exchangeOf(span, CONVENTIONS) : OTHER_SPANS;
    }
  }
}

function resourcesIn(
  value: unknown,
  scopes: string,
): readonly (readonly [JsonRecord, readonly unknown[]])[] {
  return listOf(value).map((one) => [
    attributesOf(lookup(one, "resource.attributes")),
    listOf(lookup(one, scopes)),
  ]);
}

function spanOf(span: JsonRecord, resource: JsonRecord): Span {
  const body = recordOf(valueOf(span["body"]));
  const events = listOf(span["events"]).map((event) => ({
    name: String(lookup(event, "name")),
    attributes: attributesOf(lookup(event, "attributes")),
  }));
  const details = events.find((event) => event.name === DETAILS)?.attributes;
  return {
    trace: textOf(span["traceId"]),
    id: textOf(span["spanId"]),
    name: textOf(span["name"]),
    start: firstOf(span["startTimeUnixNano"], span["timeUnixNano"], span["observedTimeUnixNano"]),
    failed: [2, "STATUS_CODE_ERROR"].includes(lookup(span, "status.code") as string),
    attributes: { ...resource, ...attributesOf(span["attributes"]), ...details, ...body },
    events,
  };
}

function attributesOf(pairs: unknown): JsonRecord {
  const attributes: Record<string, unknown> = {};
  for (const pair of listOf(pairs)) {
    const { key, value } = (pair ?? {}) as { readonly key?: unknown; readonly value?: unknown };
    if (typeof key === "string" && key !== "__proto__") attributes[key] = valueOf(value);
  }
  return attributes;
}

/** An `AnyValue`. Integers come as strings, because JSON's numbers are too small for them. */
function valueOf(value: unknown): unknown {
  const any = recordOf(value);
  if (any === undefined) return undefined;
  if (any["stringValue"] !== undefined) return any["stringValue"];
  if (any["intValue"] !== undefined) return Number(any["intValue"]);
  if (any["arrayValue"] !== undefined) return listOf(lookup(any, "arrayValue.values")).map(valueOf);
  if (any["kvlistValue"] !== undefined) return attributesOf(lookup(any, "kvlistValue.values"));
  return firstOf(any["doubleValue"], any["boolValue"], any["bytesValue"]);
}
