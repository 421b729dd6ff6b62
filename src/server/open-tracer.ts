import { randomBytes } from "node:crypto";

/** Where spans of our own go. */
export interface TracerOptions {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly service: string;
  readonly now: () => Date;
  /** How long spans gather, milliseconds; 5,000 by default. */
  readonly gatherMs?: number;
  readonly random?: (bytes: number) => Buffer;
}

/** What a span says. Attributes are counts and names of our own; never anything of the traffic. */
export interface Span {
  readonly name: string;
  readonly kind: "server" | "internal";
  readonly began: Date;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly failed?: boolean;
  /** `traceparent` of the caller (W3C Trace Context), where it sent one. */
  readonly parent?: string | undefined;
}

/** Spans on their way to a collector. */
export interface Tracer {
  /** A span that ends now. */
  record(span: Span): void;
  /** Spans that no collector took. */
  lost(): number;
  /** Sends what has gathered, once. */
  close(): Promise<void>;
}

type Environment = Readonly<Record<string, string | undefined>>;

const GATHER_MS = 5_000;
const SEND_MS = 5_000;
/** Spans beyond this, and what a collector does not take, are dropped: our own health must cost the traffic nothing. */
const MOST_SPANS = 2_048;
const KINDS = { internal: 1, server: 2 } as const;
const FAILED = 2;

/**
 * What OpenTelemetry's variables say: OTEL_EXPORTER_OTLP_TRACES_ENDPOINT, or OTEL_EXPORTER_OTLP_ENDPOINT with
 * `/v1/traces`; OTEL_EXPORTER_OTLP_HEADERS; OTEL_SERVICE_NAME. Undefined where there is no endpoint or
 * OTEL_SDK_DISABLED is true.
 */
export function tracingOf(
  environment: Environment,
): Pick<TracerOptions, "url" | "headers" | "service"> | undefined {
  const base = environment["OTEL_EXPORTER_OTLP_ENDPOINT"];
  const whole = environment["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"];
  const url = whole ?? (base === undefined ? "" : `${base.replace(/\/$/, "")}/v1/traces`);
  if (!URL.canParse(url) || environment["OTEL_SDK_DISABLED"] === "true") return undefined;
  const pairs = (environment["OTEL_EXPORTER_OTLP_HEADERS"] ?? "").split(",").flatMap((pair) => {
    const at = pair.indexOf("=");
    return at < 1 ? [] : [[pair.slice(0, at).trim(), decoded(pair.slice(at + 1).trim())] as const];
  });
  const service = environment["OTEL_SERVICE_NAME"] ?? "stillwatch";
  return { url, headers: Object.fromEntries(pairs), service };
}

/** Sends spans by OTLP/HTTP in JSON, some seconds' at a time. */
export function openTracer(options: TracerOptions): Tracer {
  const { url, headers, now, gatherMs = GATHER_MS, random = randomBytes } = options;
  let spans: object[] = [];
  let lost = 0;
  const send = async (): Promise<void> => {
    const sent = spans;
    spans = [];
    if (sent.length === 0) return;
    const answer = await fetch(url, {
      method: "POST",
      headers: { ...headers, "content-type": "application/json" },
      body: JSON.stringify(exportOf(sent, options.service)),
      redirect: "manual",
      signal: AbortSignal.timeout(SEND_MS),
    }).catch(() => undefined);
    await answer?.body?.cancel().catch(() => {});
    if (answer?.ok !== true) lost += sent.length;
  };
  const timer = setInterval(() => void send(), gatherMs).unref();
  return {
    record(span) {
      if (spans.length < MOST_SPANS) spans.push(spanOf(span, now(), random));
      else lost++;
    },
    lost: () => lost,
    async close() {
      clearInterval(timer);
      await send();
    },
  };
}

function spanOf(span: Span, ended: Date, random: (bytes: number) => Buffer): object {
  const { name, kind, began, attributes, failed, parent } = span;
  const [, trace, parentSpanId] = /^00-([0-9a-f]{32})-([0-9a-f]{16})-/.exec(parent ?? "") ?? [];
  return {
    traceId: trace ?? random(16).toString("hex"),
    spanId: random(8).toString("hex"),
    ...(parentSpanId === undefined ? {} : { parentSpanId }),
    name,
    kind: KINDS[kind],
    startTimeUnixNano: nanoseconds(began),
    endTimeUnixNano: nanoseconds(ended),
    attributes: attributesOf(attributes),
    ...(failed === true ? { status: { code: FAILED } } : {}),
  };
}

function exportOf(spans: readonly object[], service: string): object {
  const resource = { attributes: attributesOf({ "service.name": service }) };
  return { resourceSpans: [{ resource, scopeSpans: [{ scope: { name: "stillwatch" }, spans }] }] };
}

function attributesOf(values: Span["attributes"]): readonly object[] {
  return Object.entries(values).map(([key, value]) => ({
    key,
    value: typeof value === "number" ? { intValue: String(value) } : { stringValue: value },
  }));
}

function nanoseconds(time: Date): string {
  return `${time.getTime()}000000`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
