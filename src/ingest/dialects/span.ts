import { type ExchangeLine, type Finding, type NoExchange, OTHER_SPANS } from "./dialect.ts";
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

/** A span, or a log record that stands for one, with its resource's attributes beneath its own. */
export interface Span {
  readonly trace: string | undefined;
  readonly id: string | undefined;
  readonly name: string | undefined;
  readonly start: unknown;
  readonly failed: boolean;
  readonly attributes: JsonRecord;
  readonly events: readonly SpanEvent[];
}

/** Something that happened within a span. */
export interface SpanEvent {
  readonly name: string;
  readonly attributes: JsonRecord;
}

/** One set of names for what a call of a model holds. */
export interface Convention {
  /** As docs/dialects.md calls it. */
  readonly title: string;
  /** Whether a span is written in this convention. */
  reads(span: Span): boolean;
  /** The span's exchange without what all conventions share, or why it holds none. */
  content(span: Span): ExchangeLine | NoExchange;
}

/** A span's exchange by the first convention that reads it. One span of a call is one exchange. */
export function exchangeOf(span: Span, conventions: readonly Convention[]): Finding {
  const convention = conventions.find((one) => one.reads(span));
  if (convention === undefined) return OTHER_SPANS;
  const content = convention.content(span);
  if ("aside" in content || "rejected" in content) return content;
  return { source: span.attributes, exchange: { ...shared(span), ...content } };
}

/** Who called, when and from where. No convention has accounts: `stillwatch.*` are names of our own. */
function shared({ trace, id, start, failed, attributes }: Span): ExchangeLine {
  const user = textOf(firstOf(attributes["user.id"], attributes["enduser.id"]));
  const account = textOf(attributes["stillwatch.account"]);
  const status = firstOf(
    attributes["http.response.status_code"],
    attributes["http.status_code"],
    attributes["error.type"],
  );
  return {
    id: trace === undefined || id === undefined ? undefined : `${trace}:${id}`,
    time: isoTime(start),
    account: account ?? user,
    credential: textOf(attributes["stillwatch.credential"]),
    organization: textOf(attributes["stillwatch.organization"]),
    end_user:
      textOf(attributes["stillwatch.end_user"]) ?? (account === undefined ? undefined : user),
    region: textOf(attributes["cloud.region"]),
    session: textOf(firstOf(attributes["gen_ai.conversation.id"], attributes["session.id"])),
    http_status: countOf(status) ?? (failed ? undefined : 200),
    client: {
      ip: textOf(firstOf(attributes["client.address"], attributes["http.client_ip"])),
      user_agent: textOf(firstOf(attributes["user_agent.original"], attributes["http.user_agent"])),
    },
  };
}

/**
 * A list that attributes hold under a name: as a list, as JSON text, or spread over `name.0.x`, `name.0.y`, which
 * are put together again. Complexity: the attributes.
 */
export function spreadList(attributes: JsonRecord, name: string): readonly unknown[] {
  const whole = parsed(attributes[name]);
  if (Array.isArray(whole)) return whole;
  const prefix = `${name}.`;
  const list: unknown[] = [];
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith(prefix)) put(list, key.slice(prefix.length).split("."), value);
  }
  return list;
}

type Tree = Record<string, unknown> | unknown[];

/** Attributes number their items densely; a gap this large is no list. */
const LONGEST_LIST = 100_000;

function put(into: Tree, path: readonly string[], value: unknown): void {
  let at = into as Record<string, unknown>;
  for (const [depth, name] of path.entries()) {
    if (name === "__proto__" || (Array.isArray(at) && !(Number(name) < LONGEST_LIST))) return;
    const next = path[depth + 1];
    if (next === undefined) {
      at[name] ??= value;
      return;
    }
    const below = at[name];
    if (typeof below !== "object" || below === null) at[name] = /^\d+$/.test(next) ? [] : {};
    at = at[name] as Record<string, unknown>;
  }
}

/** A span as consoles, Phoenix and notebooks write it: `context`, `start_time`, attributes flat or nested. */
export function plainSpan(record: JsonRecord): Span {
  const status = firstOf(lookup(record, "status.status_code"), record["status_code"]);
  return {
    trace: textOf(firstOf(lookup(record, "context.trace_id"), record["traceId"])),
    id: textOf(firstOf(lookup(record, "context.span_id"), record["spanId"], record["id"])),
    name: textOf(record["name"]),
    start: firstOf(record["start_time"], record["startTime"], record["timestamp"]),
    failed: status === "ERROR",
    attributes: flattened(recordOf(record["attributes"]) ?? {}, ""),
    events: listOf(record["events"]).map((event) => ({
      name: String(lookup(event, "name")),
      attributes: recordOf(lookup(event, "attributes")) ?? {},
    })),
  };
}

/** Objects become names with dots; lists stay. */
function flattened(record: JsonRecord, prefix: string): JsonRecord {
  const flat: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(record)) {
    const inner = recordOf(value);
    if (inner === undefined) flat[`${prefix}${name}`] = value;
    else Object.assign(flat, flattened(inner, `${prefix}${name}.`));
  }
  return flat;
}
