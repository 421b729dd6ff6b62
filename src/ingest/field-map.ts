import { requestOf, responseOf } from "./dialects/chat-body.ts";
import type { Dialect, ExchangeLine } from "./dialects/dialect.ts";
import { isoTime } from "./dialects/iso-time.ts";
import { countOf, firstOf, type JsonRecord, lookup, textOf } from "./dialects/json-record.ts";

/** Where a field comes from: paths of which the first that says something counts, or one value for all. */
export type FieldSource =
  | { readonly paths: readonly string[] }
  | { readonly value: string | number };

/** Which fields of other people's records stand for ours. */
export interface FieldMap {
  /** Reads the records first; the map then changes what it found. */
  readonly dialect?: Dialect | undefined;
  readonly fields: ReadonlyMap<MappedField, FieldSource>;
}

/** Every field a map may fill, with what it means. */
export const MAPPED_FIELDS = {
  id: "names the exchange; the same id again is a repeat",
  time: "when it was asked: ISO 8601, or seconds, milliseconds, microseconds or nanoseconds since 1970",
  account: "who is authenticated or pays",
  credential: "a key's id, never the key",
  organization: "a declared owner of several accounts",
  end_user: "an aggregator's stable id of its own user",
  platform: "the door it came through",
  region: "where it was answered",
  model: "the model that was asked",
  endpoint: "the path that was called",
  session: "the conversation it belongs to",
  http_status: "the status of the answer",
  billed: "what it cost the account",
  "client.ip": "the caller's address",
  "client.user_agent": "the caller's own description of itself",
  "client.ja4": "the caller's TLS fingerprint",
  "usage.input": "tokens of the request",
  "usage.cached": "of those, tokens read from a cache",
  "usage.output": "tokens of the answer",
  "usage.reasoning": "of those, tokens of reasoning",
  request: "what was asked: a body, a list of messages, or text",
  system: "the system prompt, where it stands apart",
  max_tokens: "the longest answer asked for, where it stands apart",
  temperature: "the temperature, where it stands apart",
  response: "what was answered: a body, its chunks, messages, or text",
} as const;

/** A field a map may fill. */
export type MappedField = keyof typeof MAPPED_FIELDS;

/** The exchange of a record by a map, on top of what a dialect found in it. */
export function exchangeByMap(
  map: FieldMap,
  record: JsonRecord,
  found: ExchangeLine,
): ExchangeLine {
  const value = (field: MappedField): unknown => valueOf(map.fields.get(field), record);
  const text = (field: MappedField & keyof ExchangeLine): string | undefined =>
    textOf(value(field)) ?? textOf(found[field]);
  const price = Number(value("billed") ?? Number.NaN);
  return {
    ...found,
    id: text("id"),
    time: isoTime(value("time")) ?? found.time,
    account: text("account"),
    credential: text("credential"),
    organization: text("organization"),
    end_user: text("end_user"),
    platform: text("platform"),
    region: text("region"),
    model: text("model"),
    endpoint: text("endpoint"),
    session: text("session"),
    http_status: countOf(value("http_status")) ?? found.http_status,
    billed: price >= 0 ? price : found.billed,
    client: {
      ip: textOf(value("client.ip")) ?? found.client?.ip,
      user_agent: textOf(value("client.user_agent")) ?? found.client?.user_agent,
      ja4: textOf(value("client.ja4")) ?? found.client?.ja4,
    },
    usage: {
      input: countOf(value("usage.input")) ?? found.usage?.input,
      cached: countOf(value("usage.cached")) ?? found.usage?.cached,
      output: countOf(value("usage.output")) ?? found.usage?.output,
      reasoning: countOf(value("usage.reasoning")) ?? found.usage?.reasoning,
    },
    request: mappedRequest(value) ?? found.request,
    response: responseOf(value("response")) ?? found.response,
  };
}

function valueOf(source: FieldSource | undefined, record: JsonRecord): unknown {
  if (source === undefined) return undefined;
  if ("value" in source) return source.value;
  return firstOf(...source.paths.map((path) => lookup(record, path)));
}

function mappedRequest(value: (field: MappedField) => unknown): JsonRecord | undefined {
  const apart = { max_tokens: countOf(value("max_tokens")), temperature: value("temperature") };
  const body = requestOf(value("request"), apart);
  const system = textOf(value("system"));
  return body === undefined || system === undefined ? body : { ...body, system };
}
