import { requestOf, responseOf } from "./chat-body.ts";
import { type Dialect, EMBEDDINGS, type Finding, OTHER_SPANS } from "./dialect.ts";
import { isoTime } from "./iso-time.ts";
import {
  countOf,
  firstOf,
  type JsonRecord,
  listOf,
  lookup,
  parsed,
  recordOf,
  textOf,
} from "./json-record.ts";

/** Langfuse's exports: a trace with its observations, pages of the API, tables, and the blob storage's files. */
export const langfuse: Dialect = {
  name: "langfuse",
  title: "Langfuse export",
  recognises: (record) => observationsOf(record).some(({ one }) => isObservation(one)),
  translate: (record) => observationsOf(record).map(({ one, trace }) => translate(one, trace)),
};

interface Observation {
  readonly one: JsonRecord;
  readonly trace: JsonRecord;
}

function observationsOf(record: JsonRecord): readonly Observation[] {
  const trace = recordOf(record["trace"]) ?? record;
  const many = listOf(firstOf(record["observations"], record["data"]));
  if (many.length === 0) return [{ one: record, trace }];
  return many.map((one) => ({ one: recordOf(one) ?? {}, trace }));
}

function isObservation(record: JsonRecord): boolean {
  const inTrace = firstOf(record["traceId"], record["trace_id"]) !== undefined;
  return inTrace && typeof record["type"] === "string" && timeOf(record) !== undefined;
}

/** The API writes camel case, the blob storage's files snake case. */
function translate(one: JsonRecord, trace: JsonRecord): Finding {
  const type = String(one["type"]).toUpperCase();
  if (type === "EMBEDDING") return EMBEDDINGS;
  if (type !== "GENERATION") return OTHER_SPANS;
  const model = textOf(firstOf(one["model"], one["providedModelName"], one["provided_model_name"]));
  const settings = recordOf(parsed(firstOf(one["modelParameters"], one["model_parameters"])));
  const usage = parsed(firstOf(one["usageDetails"], one["usage_details"], one["usage"]));
  const cost = firstOf(one["totalCost"], one["total_cost"], one["calculatedTotalCost"]);
  return {
    source: { ...one, trace },
    exchange: {
      id: textOf(one["id"]),
      time: isoTime(timeOf(one)),
      account: textOf(firstOf(one["userId"], one["user_id"], trace["userId"], trace["user_id"])),
      model,
      session: textOf(
        firstOf(one["sessionId"], one["session_id"], trace["sessionId"], trace["session_id"]),
      ),
      request: requestOf(one["input"], { model, ...settingsOf(settings ?? {}) }),
      response: responseOf(one["output"]),
      usage: {
        input: countOf(lookup(usage, "input")),
        cached: countOf(
          firstOf(lookup(usage, "input_cached_tokens"), lookup(usage, "cache_read_input_tokens")),
        ),
        output: countOf(lookup(usage, "output")),
        reasoning: countOf(
          firstOf(lookup(usage, "output_reasoning_tokens"), lookup(usage, "reasoning_tokens")),
        ),
      },
      billed: typeof cost === "number" && cost >= 0 ? cost : undefined,
    },
  };
}

/** Only what shapes an answer: frameworks write whatever they have among the parameters. */
function settingsOf(given: JsonRecord): JsonRecord {
  const settings = Object.entries(given).flatMap(([name, value]) => {
    const known = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    const number = typeof value === "string" ? Number(value) : value;
    return SETTINGS.has(known) && typeof number === "number" ? [[known, number]] : [];
  });
  return Object.fromEntries(settings) as JsonRecord;
}

const SETTINGS: ReadonlySet<string> = new Set([
  "temperature",
  "top_p",
  "top_k",
  "n",
  "max_tokens",
  "max_completion_tokens",
  "max_output_tokens",
  "frequency_penalty",
  "presence_penalty",
]);

function timeOf(record: JsonRecord): unknown {
  return firstOf(record["startTime"], record["start_time"]);
}
